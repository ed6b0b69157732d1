namespace MLNet.Vae.Tests.Cursors;

/// <summary>What prediction engines of these tests give.</summary>
public sealed class Prediction
{
    public float[] Embedding { get; set; } = [];

    public float Score { get; set; }

    public bool PredictedLabel { get; set; }

    public string Name { get; set; } = "";
}
