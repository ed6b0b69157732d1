namespace MLNet.Vae;

/// <summary>
/// A model of one latent dimension, and PCA beside it. Nats per row in normalised units, at the epoch whose weights are the best.
/// </summary>
public sealed record VaeDimensionResult
{
    /// <summary>Number of latent dimensions.</summary>
    public required int Dimension { get; init; }

    /// <summary>
    /// Share of the variance of the normalised training rows that as many principal components explain, 0 to 1; 1 where the rows trained on
    /// are all equal, and nothing is left to explain; <see langword="null"/> where there are more than 4,096 features.
    /// </summary>
    public required double? ExplainedVariance { get; init; }

    /// <summary>How the model was trained.</summary>
    public required VaeTrainingHistory History { get; init; }

    /// <summary>
    /// The evidence lower bound on the held-out rows, of several samples of z per row: <see cref="VaeTrainingHistory.FinalValidationElbo"/>
    /// or, where there is none, that of the epoch.
    /// </summary>
    public double ValidationElbo => History.FinalValidationElbo ?? History.Best.ValidationElbo!.Value;

    /// <summary>Standard error of <see cref="ValidationElbo"/>.</summary>
    public double StandardError => History.FinalValidationStandardError ?? History.Best.ValidationStandardError!.Value;

    /// <summary>KL(q(z | x) ‖ p(z)) on the held-out rows.</summary>
    public double Kl => History.Best.KlPerDimension.Sum();

    /// <summary>−E ln p(x | z) on the held-out rows: <see cref="ValidationElbo"/> is −(this + <see cref="Kl"/>).</summary>
    public double Reconstruction => -ValidationElbo - Kl;

    /// <summary>Dimensions that are used, see <see cref="VaeEpoch.ActiveUnits"/>.</summary>
    public int ActiveUnits => History.Best.ActiveUnits;

    /// <summary>Wall-clock time of the fit.</summary>
    public TimeSpan Elapsed => History.Elapsed;
}
