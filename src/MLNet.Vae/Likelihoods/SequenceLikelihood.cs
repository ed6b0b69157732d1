using MLNet.Vae.Data;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>Sequences of tokens, one after the other; see <see cref="VaeLikelihood.Sequence"/>.</summary>
public sealed record SequenceLikelihood : VaeLikelihood
{
    private const int MaximumSteps = 512, MaximumSize = 4_096;

    internal SequenceLikelihood()
    {
    }

    /// <summary>The most tokens of a row, 1 to 512. A longer row is an error. The graphs of the model grow with it.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>Units of the gated recurrent unit that writes the tokens, 1 to 4,096.</summary>
    /// <value>Default: 128.</value>
    public int HiddenSize { get; init; } = 128;

    /// <summary>Values that stand for each token that was written, learned, 1 to 4,096.</summary>
    /// <value>Default: 32.</value>
    public int EmbeddingSize { get; init; } = 32;

    /// <summary>
    /// Share of the tokens, 0 to 1, that the decoder is not told in training, so that it has to ask the code (Bowman et al. 2016, section
    /// 3.1). With 0 it may write from the tokens before alone and leave the code unused; with 1 the code has to know everything.
    /// </summary>
    /// <value>Default: 0.25.</value>
    public double WordDropout { get; init; } = 0.25;

    internal override string Describe() => "sequence";

    internal override OutputLikelihood Create(int features, ParameterVector parameters)
        => throw new NotSupportedException($"{GetType().Name} needs to know the tokens.");

    internal override OutputLikelihood Create(RowLayout layout, ParameterVector parameters, Generator random)
        => new SequenceDensity(this, layout.Features, layout.Tokens, parameters, random);

    internal override int? SequenceLength => MaximumLength;

    internal override int? ParametersPerFeature => null;

    internal override bool HasCategories => true;

    internal override VaeNormalization AutomaticNormalization => VaeNormalization.None;

    internal override IEnumerable<string> Faults(VaeNormalization normalization)
    {
        if (MaximumLength is < 1 or > MaximumSteps)
            yield return OptionFaults.Range(nameof(MaximumLength), MaximumLength, 1, MaximumSteps);
        if (HiddenSize is < 1 or > MaximumSize)
            yield return OptionFaults.Range(nameof(HiddenSize), HiddenSize, 1, MaximumSize);
        if (EmbeddingSize is < 1 or > MaximumSize)
            yield return OptionFaults.Range(nameof(EmbeddingSize), EmbeddingSize, 1, MaximumSize);
        if (!(WordDropout >= 0 && WordDropout <= 1))
            yield return OptionFaults.Expected(nameof(WordDropout), WordDropout, "0 to 1");
        if (normalization is not (VaeNormalization.Auto or VaeNormalization.None))
            yield return $"Normalization {normalization} has no meaning for tokens; choose Auto or None";
    }
}
