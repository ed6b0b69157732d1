namespace FileFragments;

/// <summary>What the model of text says of a fragment.</summary>
internal sealed class AnomalyPrediction
{
    public bool PredictedLabel { get; set; }

    public float Score { get; set; }

    public float[] Contributions { get; set; } = [];
}
