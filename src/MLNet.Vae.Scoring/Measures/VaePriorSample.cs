namespace MLNet.Vae;

/// <summary>A sample of the prior, and how it fares; see <see cref="VaePriorCoverage"/>.</summary>
public sealed record VaePriorSample
{
    internal VaePriorSample() { }

    /// <summary>The code drawn, <c>[latent dimension]</c>.</summary>
    public required IReadOnlyList<float> Code { get; init; }

    /// <summary>The row decoded from it, <c>[features]</c>, in the units of the features.</summary>
    public required IReadOnlyList<float> Row { get; init; }

    /// <summary>How far the code lies from the code of that row, in the units that <see cref="VaePriorCoverage"/> states.</summary>
    public required double CodeDistance { get; init; }

    /// <summary>Whether that is not beyond <see cref="VaePriorCoverage.NearLimit"/>.</summary>
    public required bool IsNear { get; init; }

    /// <summary>The training row most like the sample: its index among the rows given.</summary>
    public required int NearestTrainingRow { get; init; }

    /// <summary>How far that row is, in the units that <see cref="VaePriorCoverage"/> states.</summary>
    public required double NearestTrainingDistance { get; init; }
}
