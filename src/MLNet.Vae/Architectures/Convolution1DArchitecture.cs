using System.Collections.Immutable;
using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// Residual convolutions over the steps of series, dilated (van den Oord et al. 2016, <i>WaveNet</i>; He et al. 2016), and transposed
/// convolutions back; see <see cref="VaeArchitecture.Convolutional1D"/>.
/// </summary>
/// <remarks>
/// A row is a series, step after step, the channels of a step side by side: the value of step t and channel c is slot t · channels + c.
/// Each level of the encoder divides the steps by <see cref="Stride"/>, rounding up, and the decoder gives every number of steps back. The
/// maps of the last level are one row of values for the latent variable, or for a dense hidden layer before it.
/// </remarks>
public sealed record Convolution1DArchitecture : VaeArchitecture
{
    /// <summary>Most steps allowed.</summary>
    internal const int MaximumSteps = 65_536;

    /// <summary>Most residual blocks of a level allowed: the last then reads what lies 128 steps to each side.</summary>
    internal const int MaximumResidualBlocks = 8;

    /// <summary>Steps of a series, 1 to 65,536.</summary>
    public required int Steps { get; init; }

    /// <summary>Values of a step, 1 to 1,024. Steps · channels is the width of the feature column.</summary>
    /// <value>Default: 1.</value>
    public int Channels { get; init; } = 1;

    /// <summary>
    /// Filters of the levels, from the series to the latent, 1 to 4,096 each, at most 16 levels; the decoder has them in reverse.
    /// </summary>
    /// <value>Default: 32, 64.</value>
    public ImmutableArray<int> Filters { get; init; } = [32, 64];

    /// <summary>
    /// Steps that each filter of a strided convolution reads, 1 to 31. A multiple of <see cref="Stride"/> gives every step as many terms on
    /// the way back (Odena, Dumoulin and Olah 2016); with a stride of 1 it must be odd.
    /// </summary>
    /// <value>Default: 4.</value>
    public int KernelSize { get; init; } = 4;

    /// <summary>
    /// Steps from one place of a filter to the next, 1 to <see cref="KernelSize"/>: what each level divides the steps by.
    /// </summary>
    /// <value>Default: 2.</value>
    public int Stride { get; init; } = 2;

    /// <summary>
    /// Residual blocks of each level, 0 to 8: x + w·a(v·a(x)), with a the activation, v a convolution over three steps and w one over a
    /// single step. The steps that v reads lie 1 apart in the first block, 2 in the second, 4 in the third, and so on.
    /// </summary>
    /// <value>Default: 2.</value>
    public int ResidualBlocks { get; init; } = 2;

    /// <summary>
    /// Units of a dense hidden layer between the convolutions and the latent, and of another on the way back, 0 to 65,536; 0: none.
    /// </summary>
    /// <value>Default: 0.</value>
    public int HiddenSize { get; init; }

    /// <summary>The nonlinearity after each level, and within residual blocks.</summary>
    /// <value>Default: <see cref="Activation.Relu"/>.</value>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <inheritdoc/>
    public bool Equals(Convolution1DArchitecture? other)
        => other is not null && Steps == other.Steps && Channels == other.Channels && Filters.SequenceEqual(other.Filters)
            && KernelSize == other.KernelSize && Stride == other.Stride && ResidualBlocks == other.ResidualBlocks
            && HiddenSize == other.HiddenSize && Activation == other.Activation;

    /// <inheritdoc/>
    public override int GetHashCode()
        => HashCode.Combine(Steps, Channels, Filters.Length, KernelSize, Stride, ResidualBlocks, HiddenSize, Activation);

    /// <summary>A series as convolutions read it: a picture one pixel high.</summary>
    internal ImageShape Series => new(1, Steps, Channels, PixelLayout.Interleaved);

    internal override RowShape Row => RowShape.Series(Steps, Channels, nameof(Convolutional1D));

    internal override string Describe()
        => $"convolutional-1d {Steps}x{Channels} {string.Join('-', Filters)} kernel {KernelSize} stride {Stride} residual {ResidualBlocks}"
            + (HiddenSize > 0 ? $" hidden {HiddenSize}" : "")
            + $" {Activation.ToString().ToLowerInvariant()}";

    internal override MlpArchitecture HiddenStyle => new() { Activation = Activation };

    internal override Network Encoder(int features, int condition, ParameterVector parameters, Generator random)
        => new Convolution1DEncoder(this, condition, parameters, random);

    internal override Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => new Convolution1DDecoder(this, latent, condition, outputs, parameters, random);

    /// <summary>The strided convolutions of the encoder, and the transposes of those of the decoder from its end to its start.</summary>
    /// <param name="channels">Maps on the side of the series.</param>
    internal IEnumerable<ConvolutionShape> Convolutions(int channels)
    {
        var (inputs, steps) = (channels, Steps);
        foreach (var filters in Filters)
        {
            var shape = new ConvolutionShape(inputs, filters, new(steps, KernelSize, Stride));
            yield return shape;
            (inputs, steps) = (filters, shape.Horizontal.Places);
        }
    }

    internal override IEnumerable<string> Faults()
    {
        var faults = FaultsOfValues().ToList();
        return faults.Count > 0 ? faults : FaultsOfSizes();
    }

    internal override IEnumerable<string> FaultsWith(VaeLikelihood likelihood) => SeriesRules.FaultsWith(likelihood);

    private IEnumerable<string> FaultsOfValues()
    {
        foreach (var fault in SeriesRules.Faults(Steps, MaximumSteps, Channels))
            yield return fault;
        foreach (var fault in FilterRules.Faults(Filters, KernelSize, Stride, "step", "series"))
            yield return fault;
        if (ResidualBlocks is < 0 or > MaximumResidualBlocks)
            yield return OptionFaults.Range(nameof(ResidualBlocks), ResidualBlocks, 0, MaximumResidualBlocks);
        if (HiddenSize is < 0 or > MlpArchitecture.MaximumHiddenSize)
            yield return OptionFaults.Range(nameof(HiddenSize), HiddenSize, 0, MlpArchitecture.MaximumHiddenSize);
        if (!Enum.IsDefined(Activation))
            yield return OptionFaults.Undefined(nameof(Activation), Activation);
    }

    private IEnumerable<string> FaultsOfSizes()
    {
        foreach (var fault in SeriesRules.FaultsTogether(Steps, Channels))
        {
            yield return fault;
            yield break;
        }
        var level = 0;
        foreach (var shape in Convolutions(Channels))
        {
            level++;
            if (Stride > 1 && level > 1 && shape.Horizontal.Length == 1)
            {
                yield return $"{nameof(Filters)} has {Filters.Length} levels, but of {Steps} steps strides of {Stride} leave a single one "
                    + $"before level {level}; give at most {level - 1} levels, or {nameof(Stride)} 1";
                yield break;
            }
            var maps = (long)shape.Horizontal.Places * shape.Outputs;
            if (maps > SeriesRules.MaximumValues)
            {
                yield return OptionFaults.Expected(
                    $"the values of the {shape.Outputs} maps of level {level}", maps, $"at most {SeriesRules.MaximumValues}");
            }
        }
    }
}
