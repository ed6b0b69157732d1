namespace MLNet.Vae;

/// <summary>p(x | z): what the decoder's output means.</summary>
public abstract record VaeLikelihood
{
    private protected VaeLikelihood()
    {
    }

    /// <summary>N(x̂, σ²) with one σ for all features, learned (Rybkin, Daniilidis and Levine 2021).</summary>
    public static GaussianLikelihood Gaussian { get; } = new();

    /// <summary>N(x̂, σ²) with σ fixed.</summary>
    /// <param name="sigma">Standard deviation in normalised units, above 0.</param>
    public static GaussianLikelihood GaussianWithSigma(double sigma) => new() { Sigma = sigma };

    /// <summary>Bernoulli(p) for features in [0, 1]: binary columns, or intensities read as probabilities.</summary>
    public static BernoulliLikelihood Bernoulli { get; } = new();

    internal abstract string Describe();

    internal abstract VaeNormalization AutomaticNormalization { get; }

    internal virtual IEnumerable<string> Faults(VaeNormalization normalization) => [];
}
