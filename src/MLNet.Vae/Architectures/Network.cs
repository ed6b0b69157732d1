using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>Encoder or decoder body: <c>[rows, inputs]</c> → <c>[rows, outputs]</c>. A new architecture is two classes here and an option beside <see cref="VaeArchitecture"/>.</summary>
internal abstract class Network
{
    public abstract int Outputs { get; }

    /// <param name="x"><c>[rows, inputs]</c>.</param>
    /// <param name="condition">Put beside what comes in, <c>[rows, condition]</c>; <see langword="null"/>: none.</param>
    /// <param name="dropout">Draws the units that dropout keeps; <see langword="null"/>: all are kept, as outside training.</param>
    public abstract Tensor Forward(Tensor x, Tensor? condition, Generator? dropout);

    /// <summary>Makes this one linear layer; for an architecture that can be one.</summary>
    public virtual void Set(DenseLayer layer) => throw new NotSupportedException($"{GetType().Name} is not one linear layer.");

    public abstract IEnumerable<Layer> Export();

    /// <summary>From the features to what the latent variable reads.</summary>
    public static Network Encoder(VaeArchitecture architecture, int features, int condition, ParameterVector parameters, Generator random)
        => architecture switch
        {
            LinearArchitecture => new Mlp(features, condition, [], null, outputs: null, parameters, random),
            MlpArchitecture mlp => new Mlp(features, condition, mlp.HiddenSizes, mlp, outputs: null, parameters, random),
            ConvolutionalArchitecture convolutional => new ConvolutionalEncoder(convolutional, condition, parameters, random),
            _ => throw new InvalidOperationException($"Unknown architecture {architecture}."),
        };

    /// <summary>From a condition to what a learned prior reads: as deep as one hidden layer, where the architecture has any.</summary>
    public static Network Prior(VaeArchitecture architecture, int condition, ParameterVector parameters, Generator random)
        => architecture is MlpArchitecture mlp
            ? new Mlp(condition, condition: 0, mlp.HiddenSizes.TakeLast(1), mlp, outputs: null, parameters, random)
            : new Mlp(condition, condition: 0, [], null, outputs: null, parameters, random);

    /// <summary>From a code to the parameters of the likelihood.</summary>
    public static Network Decoder(
        VaeArchitecture architecture, int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => architecture switch
        {
            LinearArchitecture => new Mlp(latent, condition, [], null, outputs, parameters, random),
            MlpArchitecture mlp => new Mlp(latent, condition, mlp.HiddenSizes.Reverse(), mlp, outputs, parameters, random),
            ConvolutionalArchitecture convolutional => new ConvolutionalDecoder(convolutional, latent, condition, outputs, parameters, random),
            _ => throw new InvalidOperationException($"Unknown architecture {architecture}."),
        };
}
