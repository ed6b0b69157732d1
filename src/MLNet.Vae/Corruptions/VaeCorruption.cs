using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// How the rows that the encoder reads are corrupted in training, afresh each step, while the loss compares with the clean ones (denoising
/// autoencoder: Vincent et al. 2008). Rows that judge an epoch are corrupted too, in the same way at each epoch, so that the weights kept
/// are those that restore best. Rows scored afterwards are read as they are.
/// </summary>
public abstract record VaeCorruption
{
    private protected VaeCorruption()
    {
    }

    /// <summary>x + σ·ε, ε ~ N(0, 1).</summary>
    /// <param name="sigma">σ in normalised units, above 0: 0.5 is half a standard deviation of a standardised feature.</param>
    public static GaussianCorruption GaussianNoise(double sigma) => new() { Sigma = sigma };

    /// <summary>
    /// A share of the values is set to the least or the largest value that the feature has in the training data, each as likely.
    /// </summary>
    /// <param name="share">Probability of each value, above 0 and below 1.</param>
    public static SaltAndPepperCorruption SaltAndPepper(double share) => new() { Share = share };

    /// <summary>
    /// A share of the values is set to 0 in normalised units: to the feature's mean where features are standardised, to its minimum where
    /// they are scaled to [0, 1]. With <see cref="VaeMissingValues.Observed"/> it is hidden as a missing value is, a category as a whole,
    /// which teaches a model to impute; then each row has a share of its own, uniform from none to twice <paramref name="share"/>.
    /// </summary>
    /// <param name="share">Probability of each value, above 0 and below 1.</param>
    public static MaskingCorruption Masking(double share) => new() { Share = share };

    /// <summary>
    /// Corrupted copies of rows, such as the encoder reads in training: to see, or to measure, what a model makes of them. Needs no torch.
    /// </summary>
    /// <remarks>The corruption of row i comes from the seed and from i alone, on every machine.</remarks>
    /// <param name="rows">Features, <c>[n][D]</c>, all finite; they are left alone.</param>
    /// <param name="seed">Any number; the same seed gives the same copies.</param>
    /// <param name="normalization">
    /// What "normalised units" means: that of the model. <see cref="VaeNormalization.Auto"/>: <see cref="VaeNormalization.Standardize"/>,
    /// as with a Gaussian likelihood; give <see cref="VaeNormalization.None"/> for models of pixels in [0, 1] with a Bernoulli one.
    /// </param>
    /// <param name="trainingRows">
    /// Rows that means, deviations and ranges are taken of, <c>[m][D]</c>; <see langword="null"/>: <paramref name="rows"/> themselves.
    /// </param>
    /// <returns><c>[n][D]</c>, in the units of the features.</returns>
    /// <exception cref="ArgumentException">
    /// A row is null, of another width or not finite; or the corruption, or the normalisation, is out of range.
    /// </exception>
    public float[][] Apply(
        IReadOnlyList<float[]> rows,
        int seed,
        VaeNormalization normalization = VaeNormalization.Auto,
        IReadOnlyList<float[]>? trainingRows = null
    )
    {
        ArgumentNullException.ThrowIfNull(rows);
        OptionFaults.Throw([
            .. Faults(),
            .. Enum.IsDefined(normalization) ? [] : new[] { OptionFaults.Undefined(nameof(normalization), normalization) },
        ]);
        if (rows.Count == 0)
            return [];
        RowRanges.Check(rows, nameof(rows), rows[0]?.Length ?? 0);
        if (trainingRows is not null)
            RowRanges.Check(trainingRows, nameof(trainingRows), rows[0].Length);
        var ranges = RowRanges.Of(trainingRows ?? rows, normalization);
        var corrupted = new float[rows.Count][];
        for (var i = 0; i < corrupted.Length; i++)
            Corrupt(corrupted[i] = [.. rows[i]], ranges, new(seed, i));
        return corrupted;
    }

    /// <summary>Corrupts a row in the units of the features, <c>[features]</c>, as <see cref="Create"/> does batches.</summary>
    private protected abstract void Corrupt(Span<float> row, RowRanges ranges, RowNoise noise);

    /// <summary>What corrupts batches of <paramref name="data"/>, drawing from <paramref name="random"/>.</summary>
    internal abstract Corruptor Create(TrainingRows data, Generator random);

    internal abstract IEnumerable<string> Faults();

    private protected static IEnumerable<string> ShareFaults(double share)
        => share is > 0 and < 1 ? [] : [OptionFaults.Expected($"{nameof(VaeModelOptions.Corruption)}.Share", share, "above 0 and below 1")];
}
