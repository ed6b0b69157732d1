using MLNet.Vae.Architectures;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>Recurrent encoder for sequences of tokens; see <see cref="VaeArchitecture.Sequence"/>.</summary>
public sealed record SequenceArchitecture : VaeArchitecture
{
    private const int MaximumSize = 4_096;

    /// <summary>Units of each of the two gated recurrent units, 1 to 4,096: one reads from the beginning, the other from the end.</summary>
    /// <value>Default: 128.</value>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Values that stand for each token, learned, 1 to 4,096.</summary>
    /// <value>Default: 32.</value>
    public int EmbeddingSize { get; init; } = 32;

    internal override bool ReadsSequences => true;

    internal override string Describe() => FormattableString.Invariant($"sequence {HiddenSize} embedding {EmbeddingSize}");

    internal override Network Encoder(RowLayout layout, ParameterVector parameters, Generator random)
        => new SequenceEncoder(this, layout.Features, layout.Tokens, layout.Given, parameters, random);

    internal override Network Encoder(int features, int condition, ParameterVector parameters, Generator random)
        => throw new NotSupportedException($"{GetType().Name} reads tokens.");

    /// <summary>Linear: what comes after it is as deep as the sequence is long.</summary>
    internal override Network Decoder(int latent, int condition, int outputs, ParameterVector parameters, Generator random)
        => new Mlp(latent, condition, [], null, outputs, parameters, random);

    internal override IEnumerable<string> Faults()
    {
        if (HiddenSize is < 1 or > MaximumSize)
            yield return OptionFaults.Range(nameof(HiddenSize), HiddenSize, 1, MaximumSize);
        if (EmbeddingSize is < 1 or > MaximumSize)
            yield return OptionFaults.Range(nameof(EmbeddingSize), EmbeddingSize, 1, MaximumSize);
    }
}
