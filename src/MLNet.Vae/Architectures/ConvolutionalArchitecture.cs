using System.Collections.Immutable;
using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// Convolutions on pictures, transposed convolutions back (LeCun et al. 1998; Dumoulin and Visin 2016); see
/// <see cref="VaeArchitecture.Convolutional"/>.
/// </summary>
/// <remarks>
/// Each layer of the encoder divides height and width by <see cref="Stride"/>, rounding up, and the decoder gives every size back, so that
/// pictures of any size will do. The maps of the last layer are one row of values for the latent variable, or for a dense hidden layer
/// before it.
/// </remarks>
public sealed record ConvolutionalArchitecture : VaeArchitecture
{
    /// <summary>Largest height and width allowed.</summary>
    internal const int MaximumSide = 4_096;

    /// <summary>Most channels allowed.</summary>
    internal const int MaximumChannels = 1_024;

    /// <summary>Most values of a picture, and of all maps of a layer together.</summary>
    internal const int MaximumValues = 1 << 24;

    /// <summary>Height of the pictures, pixels, 1 to 4,096.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the pictures, pixels, 1 to 4,096.</summary>
    public required int Width { get; init; }

    /// <summary>Values of a pixel, 1 to 1,024. Height · width · channels is the width of the feature column.</summary>
    /// <value>Default: 1.</value>
    public int Channels { get; init; } = 1;

    /// <summary>The order of a picture's values in the feature column.</summary>
    /// <value>Default: <see cref="PixelLayout.Planar"/>, as ML.NET's <c>ExtractPixels</c> writes them unless asked otherwise.</value>
    public PixelLayout Layout { get; init; }

    /// <summary>
    /// Filters of the layers, from the picture to the latent, 1 to 4,096 each, at most 16 layers; the decoder has them in reverse.
    /// </summary>
    /// <value>Default: 32, 64.</value>
    public ImmutableArray<int> Filters { get; init; } = [32, 64];

    /// <summary>
    /// Height and width of each filter, pixels, 1 to 31. A multiple of <see cref="Stride"/> gives every pixel as many terms on the way
    /// back, against chequered reconstructions (Odena, Dumoulin and Olah 2016); with a stride of 1 it must be odd.
    /// </summary>
    /// <value>Default: 4.</value>
    public int KernelSize { get; init; } = 4;

    /// <summary>
    /// Pixels from one place of a filter to the next, 1 to <see cref="KernelSize"/>: what each layer divides height and width by.
    /// </summary>
    /// <value>Default: 2.</value>
    public int Stride { get; init; } = 2;

    /// <summary>
    /// Units of a dense hidden layer between the convolutions and the latent, and of another on the way back, 0 to 65,536; 0: none.
    /// </summary>
    /// <value>Default: 0.</value>
    public int HiddenSize { get; init; }

    /// <summary>The nonlinearity after each layer.</summary>
    /// <value>Default: <see cref="Activation.Relu"/>.</value>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <inheritdoc/>
    public bool Equals(ConvolutionalArchitecture? other)
        => other is not null && Image == other.Image && Filters.SequenceEqual(other.Filters) && KernelSize == other.KernelSize
            && Stride == other.Stride && HiddenSize == other.HiddenSize && Activation == other.Activation;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Image, Filters.Length, KernelSize, Stride, HiddenSize, Activation);

    internal override ImageShape Image => new(Height, Width, Channels, Layout);

    internal override RowShape Row => new(
        Image.Dimensions,
        FormattableString.Invariant(
            $"{Layout.ToString().ToLowerInvariant()} pictures of {Height} x {Width} x {Channels} (height x width x channels)"),
        $"{nameof(Convolutional)} the height, width, channels and layout");

    internal override string Describe()
        => $"convolutional {Height}x{Width}x{Channels} {string.Join('-', Filters)} kernel {KernelSize} stride {Stride}"
            + (HiddenSize > 0 ? $" hidden {HiddenSize}" : "")
            + $" {Activation.ToString().ToLowerInvariant()}";

    internal override MlpArchitecture HiddenStyle => new() { Activation = Activation };

    internal override Network Encoder(int features, int condition, ParameterVector parameters, Generator random)
        => new ConvolutionalEncoder(this, condition, parameters, random);

    internal override Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => new ConvolutionalDecoder(this, latent, condition, outputs, parameters, random);

    internal override ImageShape? Maps => HiddenSize > 0 ? null : Convolutions(Channels).Last().Result;

    internal override Network MapEncoder(int channels, int condition, ParameterVector parameters, Generator random)
        => new MapEncoder(this, channels, condition, parameters, random);

    internal override Network MapDecoder(int channels, int condition, int outputs, ParameterVector parameters, Generator random)
        => new MapDecoder(this, channels, condition, outputs, parameters, random);

    /// <summary>Maps on the side of the picture where the decoder is to give so many values.</summary>
    /// <exception cref="InvalidOperationException">They are not as many for each value of a picture.</exception>
    internal int OutputChannels(int outputs) => outputs % Image.ValueCount == 0
        ? outputs / (Height * Width)
        : throw new InvalidOperationException(
            $"A convolutional decoder gives as many values for each of the {Image.ValueCount} values of a picture; the "
            + $"likelihood and the target need {outputs} in all. "
            + $"Choose another likelihood, or {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Mlp)}.");

    /// <summary>The convolutions of the encoder, and the transposes of those of the decoder from its end to its start.</summary>
    /// <param name="channels">Maps on the side of the picture.</param>
    internal IEnumerable<ConvolutionShape> Convolutions(int channels)
    {
        var (inputs, height, width) = (channels, Height, Width);
        foreach (var filters in Filters)
        {
            var shape = new ConvolutionShape(inputs, filters, new(height, KernelSize, Stride), new(width, KernelSize, Stride));
            yield return shape;
            (inputs, height, width) = (filters, shape.Vertical.Places, shape.Horizontal.Places);
        }
    }

    internal override IEnumerable<string> Faults()
    {
        var faults = FaultsOfValues().ToList();
        return faults.Count > 0 ? faults : FaultsOfSizes();
    }

    internal override IEnumerable<string> FaultsWith(VaeLikelihood likelihood)
    {
        if (likelihood.ParametersPerFeature is null)
        {
            yield return "a convolutional architecture gives all values of a picture the same number of parameters, which a mixed "
                + "likelihood with a part "
                + $"{nameof(VaeLikelihood.GaussianPerRow)} does not; choose another for that part, or "
                + $"{nameof(VaeArchitecture)}.{nameof(Mlp)}";
        }
    }

    private IEnumerable<string> FaultsOfValues()
    {
        if (Height is < 1 or > MaximumSide)
            yield return OptionFaults.Range(nameof(Height), Height, 1, MaximumSide);
        if (Width is < 1 or > MaximumSide)
            yield return OptionFaults.Range(nameof(Width), Width, 1, MaximumSide);
        if (Channels is < 1 or > MaximumChannels)
            yield return OptionFaults.Range(nameof(Channels), Channels, 1, MaximumChannels);
        if (!Enum.IsDefined(Layout))
            yield return OptionFaults.Undefined(nameof(Layout), Layout);
        foreach (var fault in FilterRules.Faults(Filters, KernelSize, Stride, "pixel", "pictures"))
            yield return fault;
        if (HiddenSize is < 0 or > MlpArchitecture.MaximumHiddenSize)
            yield return OptionFaults.Range(nameof(HiddenSize), HiddenSize, 0, MlpArchitecture.MaximumHiddenSize);
        if (!Enum.IsDefined(Activation))
            yield return OptionFaults.Undefined(nameof(Activation), Activation);
    }

    private IEnumerable<string> FaultsOfSizes()
    {
        var values = (long)Height * Width * Channels;
        if (values > MaximumValues)
        {
            yield return OptionFaults.Expected($"{nameof(Height)}·{nameof(Width)}·{nameof(Channels)}", values, $"at most {MaximumValues}");
            yield break;
        }
        var layer = 0;
        foreach (var shape in Convolutions(Channels))
        {
            layer++;
            if (Stride > 1 && shape.Vertical.Length == 1 && shape.Horizontal.Length == 1)
            {
                yield return $"{nameof(Filters)} has {Filters.Length} layers, but of {Height} x {Width} pixels strides of {Stride} leave "
                    + $"a single one before layer {layer}; "
                    + $"give at most {layer - 1} layers, or Stride 1";
                yield break;
            }
            var maps = (long)shape.Vertical.Places * shape.Horizontal.Places * shape.Outputs;
            if (maps > MaximumValues)
            {
                yield return OptionFaults.Expected(
                    $"the values of the {shape.Outputs} maps of layer {layer}",
                    maps,
                    $"at most {MaximumValues}"
                );
            }
        }
    }
}
