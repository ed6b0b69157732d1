namespace MLNet.Vae;

/// <summary>A sample of the prior, and how it fares; see <see cref="VaePriorCoverage"/>.</summary>
public sealed record VaePriorSample
{
    internal VaePriorSample() { }

    /// <summary>The latent vector drawn, <c>[latent dimension]</c>.</summary>
    public required IReadOnlyList<float> Latent { get; init; }

    /// <summary>The row decoded from it, <c>[features]</c>, in the units of the features.</summary>
    public required IReadOnlyList<float> Row { get; init; }

    /// <summary>
    /// How far the latent vector lies from that of the row decoded from it, encoded again, in the units that
    /// <see cref="VaePriorCoverage"/> states.
    /// </summary>
    public required double LatentDistance { get; init; }

    /// <summary>Whether that is not beyond <see cref="VaePriorCoverage.NearLimit"/>.</summary>
    public required bool IsNear { get; init; }

    /// <summary>The training row most like the sample: its index among the rows given.</summary>
    public required int NearestTrainingRow { get; init; }

    /// <summary>How far that row is, in the units that <see cref="VaePriorCoverage"/> states.</summary>
    public required double NearestTrainingDistance { get; init; }
}
