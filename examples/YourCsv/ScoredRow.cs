namespace YourCsv;

/// <summary>What the anomaly detector says of a row.</summary>
internal sealed class ScoredRow
{
    public float Score { get; set; }

    public bool PredictedLabel { get; set; }

    public float[] Contributions { get; set; } = [];

    public float[] Embedding { get; set; } = [];
}
