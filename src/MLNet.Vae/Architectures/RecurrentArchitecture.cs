using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>Gated recurrent units over the steps of series (Cho et al. 2014); see <see cref="VaeArchitecture.Recurrent"/>.</summary>
/// <remarks>
/// A row is a series, step after step, the channels of a step side by side: the value of step t and channel c is slot t · channels + c. The
/// encoder reads the steps in their order, and its memory after the last goes to the latent variable. The decoder is told the code at every
/// step, shifted by what it has learned for the step, and gives the step's values by a linear map of its memory; it does not read what it
/// gave before, so that all steps of a code are one operator of the exported graph.
/// </remarks>
public sealed record RecurrentArchitecture : VaeArchitecture
{
    /// <summary>Most steps allowed.</summary>
    internal const int MaximumSteps = 4_096;

    /// <summary>Most units of a memory allowed.</summary>
    internal const int MaximumHiddenSize = 4_096;

    /// <summary>Most layers allowed each way.</summary>
    internal const int MaximumLayers = 8;

    /// <summary>Steps of a series, 1 to 4,096; training takes time and memory in proportion, step after step.</summary>
    public required int Steps { get; init; }

    /// <summary>Values of a step, 1 to 1,024. Steps · channels is the width of the feature column.</summary>
    /// <value>Default: 1.</value>
    public int Channels { get; init; } = 1;

    /// <summary>Units of the memory of each layer, 1 to 4,096.</summary>
    /// <value>Default: 64.</value>
    public int HiddenSize { get; init; } = 64;

    /// <summary>Recurrent layers each way, 1 to 8; each reads the memories of the one before.</summary>
    /// <value>Default: 1.</value>
    public int Layers { get; init; } = 1;

    internal override RowShape Row => RowShape.Series(Steps, Channels, nameof(Recurrent));

    internal override string Describe() => $"recurrent {Steps}x{Channels} gru {HiddenSize} layers {Layers}";

    internal override Network Encoder(int features, int condition, ParameterVector parameters, Generator random)
        => new RecurrentEncoder(this, condition, parameters, random);

    internal override Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => new RecurrentDecoder(this, latent, condition, outputs, parameters, random);

    internal override IEnumerable<string> Faults()
    {
        List<string> faults = [.. SeriesRules.Faults(Steps, MaximumSteps, Channels)];
        if (HiddenSize is < 1 or > MaximumHiddenSize)
            faults.Add(OptionFaults.Range(nameof(HiddenSize), HiddenSize, 1, MaximumHiddenSize));
        if (Layers is < 1 or > MaximumLayers)
            faults.Add(OptionFaults.Range(nameof(Layers), Layers, 1, MaximumLayers));
        return faults;
    }

    internal override IEnumerable<string> FaultsWith(VaeLikelihood likelihood) => SeriesRules.FaultsWith(likelihood);

    /// <summary>The recurrent layers of one way.</summary>
    /// <param name="inputs">What a step reads.</param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    internal List<GatedRecurrentUnit> Units(int inputs, ParameterVector parameters, Generator random) =>
    [
        .. Enumerable.Range(0, Layers)
            .Select(layer => new GatedRecurrentUnit(layer == 0 ? inputs : HiddenSize, HiddenSize, parameters, random)),
    ];
}
