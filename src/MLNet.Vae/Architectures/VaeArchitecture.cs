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

    /// <summary>Convolutions for pictures: far fewer weights than a perceptron that sees as much, because a filter looks everywhere for the same thing.</summary>
    /// <param name="height">Height of the pictures, pixels.</param>
    /// <param name="width">Width of the pictures, pixels.</param>
    /// <param name="channels">Values of a pixel; height · width · channels is the width of the feature column.</param>
    /// <param name="filters">Filters of the layers, from the picture to the latent; none given: 32, 64.</param>
    public static ConvolutionalArchitecture Convolutional(int height, int width, int channels = 1, params int[] filters)
    {
        var architecture = new ConvolutionalArchitecture { Height = height, Width = width, Channels = channels };
        return filters is { Length: > 0 } ? architecture with { Filters = [.. filters] } : architecture;
    }

    /// <summary>How it reads a row as a picture; <see langword="null"/>: it does not.</summary>
    internal virtual ImageShape? Image => null;

    /// <summary>In words, for reports and metadata.</summary>
    internal abstract string Describe();

    internal virtual IEnumerable<string> Faults() => [];

    /// <summary>Whether the decoder can give what the likelihood needs.</summary>
    internal virtual IEnumerable<string> FaultsWith(VaeLikelihood likelihood) => [];
}
