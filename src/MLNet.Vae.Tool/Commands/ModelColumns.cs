namespace MLNet.Vae.Tool.Commands;

/// <summary>Columns that a model adds.</summary>
internal static class ModelColumns
{
    public const string Contributions = "Contributions", Score = "Score", PredictedLabel = "PredictedLabel", PValue = "PValue",
        ChannelScores = "ChannelScores", Expected = "Expected";
}
