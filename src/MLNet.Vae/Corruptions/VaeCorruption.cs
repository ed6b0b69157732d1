using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// How the rows that the encoder reads are corrupted in training, afresh each step, while the loss compares with the clean ones (denoising
/// autoencoder:
/// Vincent et al. 2008). Rows that judge an epoch, and rows scored afterwards, are read as they are.
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
    /// they are scaled to [0, 1].
    /// </summary>
    /// <param name="share">Probability of each value, above 0 and below 1.</param>
    public static MaskingCorruption Masking(double share) => new() { Share = share };

    /// <summary>What corrupts batches of <paramref name="data"/>, drawing from <paramref name="random"/>.</summary>
    internal abstract Corruptor Create(TrainingRows data, Generator random);

    internal abstract IEnumerable<string> Faults();

    private protected static IEnumerable<string> ShareFaults(double share)
        => share is > 0 and < 1 ? [] : [OptionFaults.Expected($"{nameof(VaeModelOptions.Corruption)}.Share", share, "above 0 and below 1")];
}
