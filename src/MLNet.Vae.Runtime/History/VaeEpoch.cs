using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>
/// What one epoch of training measured. Losses are in nats per row, summed over features and latents, in normalised units.
/// </summary>
public sealed record VaeEpoch
{
    [JsonConstructor]
    internal VaeEpoch() { }

    /// <summary>
    /// Counted from 1. 0: the weights that training started from, judged where they are a closed form and not drawn at random.
    /// </summary>
    public required int Epoch { get; init; }

    /// <summary>
    /// Whether it pretrained a mixture, see <see cref="VaeLatentKind.GaussianMixture"/>. Its KL is then that to N(0, I), times the weight
    /// that it has there: its bounds are not comparable with those of later epochs, and it is the best one only where training ended there.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPretraining { get; init; }

    /// <summary>−E ln p(x | z), mean over the training rows as they passed.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>KL(q(z | x) ‖ p(z)), mean over the training rows as they passed.</summary>
    public required double Kl { get; init; }

    /// <summary>
    /// What the latent variable itself adds to the loss, such as a sparsity or commitment term, mean over the training rows as they passed;
    /// 0 where there is nothing.
    /// </summary>
    [JsonRequired]
    public double Penalty { get; init; }

    /// <summary>
    /// What a nat of KL cost in the loss at the end of the epoch: β after warm-up and normalisation, γ of a capacity, or the multiplier
    /// learned for a KL target.
    /// </summary>
    [JsonRequired]
    public double Beta { get; init; } = 1;

    /// <summary>The evidence lower bound, −(<see cref="Reconstruction"/> + <see cref="Kl"/>), whatever β was.</summary>
    public double Elbo => -(Reconstruction + Kl);

    /// <summary>
    /// The bound on the held-out rows; <see langword="null"/> without them. It is an estimate, from few rows and one sample of z for each:
    /// that of the best of many epochs may lie above what any model can reach by a few <see cref="ValidationStandardError"/>, and
    /// <see cref="VaeTrainingHistory.FinalValidationElbo"/> is the better estimate of the weights that are kept. At most 2 %
    /// of the rows are left out of it where their loss outweighs that of all others; a warning names them.
    /// </summary>
    public double? ValidationElbo { get; init; }

    /// <summary>
    /// ln 1/K Σ p(x, z) / q(z | x), mean over the rows of <see cref="KlPerDimension"/>, with the K of the objective; <see langword="null"/>
    /// where that is not importance-weighted.
    /// </summary>
    public double? ImportanceWeightedBound { get; init; }

    /// <summary>
    /// The standard error of <see cref="ValidationElbo"/>: the standard deviation of the held-out rows' bounds, by the root of their
    /// number; <see langword="null"/> without them.
    /// </summary>
    public double? ValidationStandardError { get; init; }

    /// <summary>
    /// −E ln p(x | z) of each part of a mixed likelihood, over the rows of <see cref="KlPerDimension"/>: where rows are held out, the sum
    /// of both lists is −<see cref="ValidationElbo"/>. <see langword="null"/> for other likelihoods.
    /// </summary>
    public IReadOnlyList<VaePartLoss>? ReconstructionPerPart { get; init; }

    /// <summary>
    /// KL of each latent dimension, nats per row, at the end of the epoch: over the held-out rows, or 4,096 drawn from all rows where none
    /// are held out. <see cref="Kl"/> is over the rows as they passed, so they do not sum to it.
    /// </summary>
    public required IReadOnlyList<double> KlPerDimension { get; init; }

    /// <summary>
    /// <see cref="KlPerDimension"/> summed over each level of a hierarchical model, from the one next to the data up, given a sample of the
    /// level above; <see langword="null"/> for others.
    /// </summary>
    public IReadOnlyList<double>? KlPerLevel { get; init; }

    /// <summary>
    /// Latent dimensions whose posterior mean varies, over the rows of <see cref="KlPerDimension"/>, with a variance above 0.01 (Burda,
    /// Grosse and Salakhutdinov 2016); of a deterministic code, whose scale is free, all that vary at all.
    /// </summary>
    public required int ActiveUnits { get; init; }

    /// <summary>
    /// exp(entropy) of how often each entry of a codebook is used, over the rows of <see cref="KlPerDimension"/>, from 1 to the entries of
    /// the codebook: how many entries are in use, as if all were used alike. <see langword="null"/> for a latent variable without a
    /// codebook.
    /// </summary>
    public double? Perplexity { get; init; }

    /// <summary>
    /// The standard deviation of a Gaussian decoder that has one for all features and rows, normalised units; <see langword="null"/> for
    /// other likelihoods.
    /// </summary>
    public double? DecoderSigma { get; init; }

    /// <summary>Adam's learning rate at the end of the epoch; 0 in epoch 0, which has no step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training rows per second, validation included.</summary>
    public required double RowsPerSecond { get; init; }
}
