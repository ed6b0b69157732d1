namespace FileFragments;

/// <summary>What the classifier says of a fragment.</summary>
internal sealed class KindPrediction
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
