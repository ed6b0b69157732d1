namespace MLNet.Vae;

/// <summary>Numbers of a column, in its units; of the rows whose value is there, NaN where there are none.</summary>
public sealed record VaeTableNumbers
{
    /// <summary>Their mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Standard deviation, with n − 1; NaN of fewer than two.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>At <see cref="VaeTableQuality.Probabilities"/>; the first is the least value and the last the greatest.</summary>
    public required IReadOnlyList<double> Quantiles { get; init; }

    /// <summary>The share that is 0, from 0 to 1.</summary>
    public required double ZeroShare { get; init; }
}
