namespace MLNet.Vae;

/// <summary>What is said of one reading, given the window that it ends.</summary>
public sealed record VaeSeriesReading
{
    internal VaeSeriesReading() { }

    /// <summary>
    /// Nats that speak against its being like those of training, beyond what is usual; NaN where there is no whole window, or one with a
    /// value that is missing.
    /// </summary>
    public required float Score { get; init; }

    /// <summary>
    /// Whether the score lies above the threshold. False of a reading without a whole window, true where a value of the window is missing.
    /// </summary>
    public required bool PredictedLabel { get; init; }

    /// <summary>What each channel has in the score, <c>[channels]</c>; they sum to it. NaN where that is.</summary>
    public required IReadOnlyList<float> ChannelScores { get; init; }

    /// <summary>What the model makes of the reading, <c>[channels]</c>, in the units of the channels; NaN without a score.</summary>
    public required IReadOnlyList<float> Expected { get; init; }

    /// <summary>The model's score of the window; NaN where there is no score.</summary>
    public required float WindowScore { get; init; }
}
