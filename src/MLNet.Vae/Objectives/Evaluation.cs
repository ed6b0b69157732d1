namespace MLNet.Vae.Objectives;

/// <summary>A model judged on some rows, without learning from them, but for <see cref="FarRows"/>. Nats per row.</summary>
/// <param name="Reconstruction">Mean of −ln p(x | z), one sample of z per row, or as many as were asked for.</param>
/// <param name="KlPerDimension">Mean KL of each latent dimension.</param>
/// <param name="Penalty">What the latent variable adds to the loss.</param>
/// <param name="ImportanceWeightedBound">Mean of ln 1/K Σ p(x, z) / q(z | x), where it was asked for.</param>
/// <param name="StandardError">Of <see cref="Elbo"/>, as a mean over the rows.</param>
/// <param name="ActiveUnits">Dimensions whose posterior mean varies by more than the latent variable asks of one that is active.</param>
/// <param name="Perplexity">Of the use of a codebook; <see langword="null"/>: there is none.</param>
/// <param name="ReconstructionPerPart"><paramref name="Reconstruction"/> taken apart, where the likelihood has parts.</param>
internal sealed record Evaluation(
    double Reconstruction,
    IReadOnlyList<double> KlPerDimension,
    double Penalty,
    double? ImportanceWeightedBound,
    double StandardError,
    int ActiveUnits,
    double? Perplexity,
    IReadOnlyList<VaePartLoss>? ReconstructionPerPart = null)
{
    /// <summary>Rows that were left out because the mean would have been theirs, by their place among those judged.</summary>
    public IReadOnlyList<int> FarRows { get; init; } = [];

    public double Kl => KlPerDimension.Sum();

    /// <summary>KL of the rows trained on in the epoch, as they passed.</summary>
    public double TrainedKl { get; init; }

    public double Elbo => -(Reconstruction + Kl);
}
