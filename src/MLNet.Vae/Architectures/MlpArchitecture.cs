using System.Collections.Immutable;
using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>A multilayer perceptron; see <see cref="VaeArchitecture.Mlp"/>.</summary>
public sealed record MlpArchitecture : VaeArchitecture
{
    /// <summary>Largest hidden layer allowed.</summary>
    internal const int MaximumHiddenSize = 65_536;

    /// <summary>Most hidden layers allowed each way.</summary>
    internal const int MaximumHiddenLayers = 32;

    /// <summary>
    /// Units of the hidden layers, from the features to the latent, 1 to 65,536 each, at most 32 layers; the decoder has them in reverse.
    /// </summary>
    /// <value>Default: 128, 64.</value>
    public ImmutableArray<int> HiddenSizes { get; init; } = [128, 64];

    /// <summary>The nonlinearity after each hidden layer.</summary>
    /// <value>Default: <see cref="Activation.Relu"/>.</value>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Share of hidden units zeroed at random in each training step, 0 to below 1.</summary>
    /// <value>Default: 0.</value>
    public double Dropout { get; init; }

    /// <summary>Whether each hidden layer is normalised over its units before the nonlinearity (Ba, Kiros and Hinton 2016).</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool LayerNorm { get; init; }

    /// <inheritdoc/>
    public bool Equals(MlpArchitecture? other)
        => other is not null && HiddenSizes.SequenceEqual(other.HiddenSizes) && Activation == other.Activation
            && Dropout.Equals(other.Dropout) && LayerNorm == other.LayerNorm;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(HiddenSizes.Length, Activation, Dropout, LayerNorm);

    internal override string Describe()
        => $"mlp {string.Join('-', HiddenSizes)} {Activation.ToString().ToLowerInvariant()}"
            + (LayerNorm ? " layer-norm" : "")
            + (Dropout > 0 ? FormattableString.Invariant($" dropout {Dropout}") : "");

    internal override MlpArchitecture HiddenStyle => this;

    internal override bool EndsDense => true;

    internal override Network Encoder(int features, int condition, ParameterVector parameters, Generator random)
        => new Mlp(features, condition, HiddenSizes, this, outputs: null, parameters, random);

    internal override Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => new Mlp(latent, condition, HiddenSizes.Reverse(), this, outputs, parameters, random);

    /// <summary>As deep as one hidden layer.</summary>
    internal override Network Prior(int condition, ParameterVector parameters, Generator random)
        => new Mlp(condition, condition: 0, HiddenSizes.TakeLast(1), this, outputs: null, parameters, random);

    internal override IEnumerable<string> Faults()
    {
        if (HiddenSizes.IsDefaultOrEmpty)
        {
            yield return $"{nameof(HiddenSizes)} is empty; give at least one hidden layer, or choose "
                + $"{nameof(VaeArchitecture)}.{nameof(Linear)}";
        }
        else
        {
            if (HiddenSizes.Length > MaximumHiddenLayers)
                yield return OptionFaults.Range(nameof(HiddenSizes) + ".Length", HiddenSizes.Length, 1, MaximumHiddenLayers);
            foreach (var size in HiddenSizes.Where(s => s is < 1 or > MaximumHiddenSize))
                yield return OptionFaults.Range(nameof(HiddenSizes), size, 1, MaximumHiddenSize);
        }
        if (!Enum.IsDefined(Activation))
            yield return OptionFaults.Undefined(nameof(Activation), Activation);
        if (!(Dropout >= 0 && Dropout < 1))
            yield return OptionFaults.Expected(nameof(Dropout), Dropout, "at least 0 and below 1");
    }
}
