using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>The shape of encoder and decoder; the decoder mirrors the encoder.</summary>
public abstract record VaeArchitecture
{
    private protected VaeArchitecture()
    {
    }

    /// <summary>
    /// One linear layer each way and one posterior σ for all rows: probabilistic PCA learned by gradient (Lucas et al. 2019).
    /// </summary>
    public static VaeArchitecture Linear { get; } = new LinearArchitecture();

    /// <summary>A multilayer perceptron.</summary>
    /// <param name="hiddenSizes">Units of the hidden layers, from the features to the latent; none given: 128, 64.</param>
    public static MlpArchitecture Mlp(params int[] hiddenSizes)
        => hiddenSizes is { Length: > 0 } ? new MlpArchitecture { HiddenSizes = [.. hiddenSizes] } : new MlpArchitecture();

    /// <summary>
    /// Convolutions for pictures: far fewer weights than a perceptron that sees as much, because a filter looks everywhere for the same
    /// thing.
    /// </summary>
    /// <param name="height">Height of the pictures, pixels.</param>
    /// <param name="width">Width of the pictures, pixels.</param>
    /// <param name="channels">Values of a pixel; height · width · channels is the width of the feature column.</param>
    /// <param name="filters">Filters of the layers, from the picture to the latent; none given: 32, 64.</param>
    public static ConvolutionalArchitecture Convolutional(int height, int width, int channels = 1, params int[] filters)
    {
        var architecture = new ConvolutionalArchitecture { Height = height, Width = width, Channels = channels };
        return filters is { Length: > 0 } ? architecture with { Filters = [.. filters] } : architecture;
    }

    /// <summary>
    /// Convolutions for series, residual and dilated: a filter looks for the same thing at every step, and several layers see far.
    /// </summary>
    /// <param name="steps">Steps of a series.</param>
    /// <param name="channels">
    /// Values of a step, side by side in the row; steps · channels is the width of the feature column.
    /// </param>
    /// <param name="filters">Filters of the levels, from the series to the latent; none given: 32, 64.</param>
    public static Convolution1DArchitecture Convolutional1D(int steps, int channels = 1, params int[] filters)
    {
        var architecture = new Convolution1DArchitecture { Steps = steps, Channels = channels };
        return filters is { Length: > 0 } ? architecture with { Filters = [.. filters] } : architecture;
    }

    /// <summary>Gated recurrent units for series: the encoder reads step after step, the decoder gives step after step.</summary>
    /// <param name="steps">Steps of a series.</param>
    /// <param name="channels">
    /// Values of a step, side by side in the row; steps · channels is the width of the feature column.
    /// </param>
    /// <param name="hiddenSize">Units of the memory, each way.</param>
    /// <param name="layers">Recurrent layers each way, each of which reads the memories of the one before.</param>
    public static RecurrentArchitecture Recurrent(int steps, int channels = 1, int hiddenSize = 64, int layers = 1)
        => new() { Steps = steps, Channels = channels, HiddenSize = hiddenSize, Layers = layers };

    /// <summary>
    /// Recurrent, for sequences of tokens of different lengths such as text by characters, notes or events; with
    /// <see cref="VaeLikelihood.Sequence"/>.
    /// </summary>
    /// <param name="hiddenSize">Units of each of the two recurrent units that read a sequence, 1 to 4,096.</param>
    /// <param name="embeddingSize">Values that stand for each token, 1 to 4,096.</param>
    public static SequenceArchitecture Sequence(int hiddenSize = 128, int embeddingSize = 32)
        => new() { HiddenSize = hiddenSize, EmbeddingSize = embeddingSize };

    /// <summary>How it reads a row as a picture; <see langword="null"/>: it does not.</summary>
    internal virtual ImageShape? Image => null;

    /// <summary>What it needs a row to be; <see langword="null"/>: it takes any.</summary>
    internal virtual RowShape? Row => null;

    /// <summary>Whether it is one linear layer each way, which a closed form can give.</summary>
    internal virtual bool IsLinear => false;

    /// <summary>Whether the decoder is dense layers, of which the last gives each output from the same hidden units.</summary>
    internal virtual bool EndsDense => false;

    /// <summary>
    /// Whether the posterior's σ is the same for all rows, as in probabilistic PCA, where the posterior covariance does not depend on x.
    /// </summary>
    internal virtual bool SharesPosteriorSigma => IsLinear;

    /// <summary>
    /// Activation and normalisation of hidden layers that are no part of encoder and decoder, such as those between the levels of a
    /// hierarchical latent variable.
    /// </summary>
    internal virtual MlpArchitecture HiddenStyle => new();

    /// <summary>In words, for reports and metadata.</summary>
    internal abstract string Describe();

    /// <summary>Whether features are tokens to it.</summary>
    internal virtual bool ReadsSequences => false;

    /// <summary>From the features of such rows to what the latent variable reads.</summary>
    internal virtual Network Encoder(RowLayout layout, ParameterVector parameters, Generator random)
        => Encoder(layout.Read, layout.Given, parameters, random);

    /// <summary>From the features to what the latent variable reads.</summary>
    internal abstract Network Encoder(int features, int condition, ParameterVector parameters, Generator random);

    /// <summary>From a code to the parameters of the likelihood.</summary>
    internal abstract Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random);

    /// <summary>The maps that encoder and decoder meet at; <see langword="null"/>: what they meet at has no places.</summary>
    internal virtual ImageShape? Maps => null;

    /// <summary>From the features to so many values at each place of <see cref="Maps"/>, place after place.</summary>
    internal virtual Network MapEncoder(int channels, int condition, ParameterVector parameters, Generator random)
        => throw new NotSupportedException($"{GetType().Name} has no maps.");

    /// <summary>From so many values at each place of <see cref="Maps"/> to the parameters of the likelihood.</summary>
    internal virtual Network MapDecoder(int channels, int condition, int outputs, ParameterVector parameters, Generator random)
        => throw new NotSupportedException($"{GetType().Name} has no maps.");

    /// <summary>From a condition to what a learned prior reads.</summary>
    internal virtual Network Prior(int condition, ParameterVector parameters, Generator random)
        => new Mlp(condition, condition: 0, [], null, outputs: null, parameters, random);

    internal virtual IEnumerable<string> Faults() => [];

    /// <summary>Whether the decoder can give what the likelihood needs.</summary>
    internal virtual IEnumerable<string> FaultsWith(VaeLikelihood likelihood) => [];
}
