namespace MLNet.Vae;

/// <summary>The shape of encoder and decoder; the decoder mirrors the encoder.</summary>
public abstract record VaeArchitecture
{
    private protected VaeArchitecture()
    {
    }

    /// <summary>One linear layer each way and one posterior σ for all rows: probabilistic PCA learned by gradient (Lucas et al. 2019).</summary>
    public static VaeArchitecture Linear { get; } = new LinearArchitecture();

    /// <summary>A multilayer perceptron.</summary>
    /// <param name="hiddenSizes">Units of the hidden layers, from the features to the latent; none given: 128, 64.</param>
    public static MlpArchitecture Mlp(params int[] hiddenSizes)
        => hiddenSizes is { Length: > 0 } ? new MlpArchitecture { HiddenSizes = [.. hiddenSizes] } : new MlpArchitecture();

    /// <summary>In words, for reports and metadata.</summary>
    internal abstract string Describe();

    internal virtual IEnumerable<string> Faults() => [];
}
