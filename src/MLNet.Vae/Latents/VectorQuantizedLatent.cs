using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// z = the entries of a codebook that lie nearest to the encoder's output, and a uniform prior over the entries; see
/// <see cref="VaeLatent.VectorQuantized"/>.
/// </summary>
/// <remarks>
/// The posterior is one choice of entries, so that KL(q(z | x) ‖ p(z)) = codes · ln K nats, the same for every row: it is part of the bound
/// and of scores, and there is nothing to learn or to weigh in it. <see cref="VaeEpoch.Perplexity"/> says how many entries are in use.
/// </remarks>
public sealed record VectorQuantizedLatent : VaeLatent
{
    /// <summary>Entries of the codebook when none are given (van den Oord, Vinyals and Kavukcuoglu 2017, section 4.1).</summary>
    internal const int DefaultCodebookSize = 512;

    /// <summary>Most entries allowed.</summary>
    internal const int MaximumCodebookSize = 65_536;

    /// <summary>Length of an entry when none is given: that of other embeddings here. The paper's image models have 64.</summary>
    internal const int DefaultCodeDimension = GaussianLatent.DefaultDimension;

    /// <summary>Weight of the commitment term when none is given (van den Oord et al. 2017, eq. 3).</summary>
    internal const double DefaultCommitment = 0.25;

    /// <summary>Largest weight of the commitment term allowed.</summary>
    internal const double MaximumCommitment = 1e6;

    /// <summary>Decay of the moving averages when none is given (van den Oord et al. 2017, appendix A.1).</summary>
    internal const double DefaultDecay = 0.99;

    /// <summary>Share of the mean use below which an entry is dead when none is given.</summary>
    internal const double DefaultDeadCodeThreshold = 0.1;

    /// <summary>K, entries of the codebook, 2 to 65,536; all codes of a row are taken from the same one.</summary>
    /// <value>Default: 512.</value>
    public int CodebookSize { get; init; } = DefaultCodebookSize;

    /// <summary>Length of an entry, from 1; the embedding has this times <see cref="Codes"/> values, 4,096 at most.</summary>
    /// <value>Default: 8.</value>
    public int CodeDimension { get; init; } = DefaultCodeDimension;

    /// <summary>Entries that stand for a row, side by side, from 1: a row costs this times ln <see cref="CodebookSize"/> nats.</summary>
    /// <value>Default: 1.</value>
    public int Codes { get; init; } = 1;

    /// <summary>
    /// Whether the codes are a map, one for each place of the encoder's last maps, line by line; <see cref="Codes"/> is not looked at then,
    /// and must be 1. Needs <see cref="VaeArchitecture.Convolutional"/> without a dense hidden layer.
    /// </summary>
    /// <value>Default: <see langword="false"/>: the encoder's output as a whole is cut into <see cref="Codes"/> parts.</value>
    public bool IsMap { get; init; }

    /// <summary>
    /// The prior over codes, fitted once the model is trained, that samples are drawn from; <see langword="null"/>: none, and every code of
    /// a sample is as likely, whatever the others are.
    /// </summary>
    /// <value>Default: one of 128 units.</value>
    public VaeCodePrior? Prior { get; init; } = new();

    /// <summary>
    /// β of β·‖encoder's output − entries‖², which keeps the encoder near the codebook, 0 to 1,000,000. Summed over the embedding, mean
    /// over rows, as the other terms of the loss, which are nats: 0.25 is the density of a Gaussian of σ = √2 around the entries.
    /// </summary>
    /// <value>Default: 0.25.</value>
    public double Commitment { get; init; } = DefaultCommitment;

    /// <summary>
    /// γ of the moving averages that the entries are of the encoder's outputs they stand for, from 0 and below 1; nearer to 1: slower and
    /// steadier.
    /// </summary>
    /// <value>Default: 0.99.</value>
    public double Decay { get; init; } = DefaultDecay;

    /// <summary>
    /// An entry that stands for less than this share of the mean use over the entries, in the moving average, is dead: it starts anew as an
    /// output of the encoder on the present batch. From 0 and below 1; 0: only one that never stood for anything.
    /// </summary>
    /// <value>Default: 0.1.</value>
    public double DeadCodeThreshold { get; init; } = DefaultDeadCodeThreshold;

    internal override VaeLatentKind Kind => VaeLatentKind.VectorQuantized;

    internal override LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random)
        => new VectorQuantizedVariable(surroundings, this, parameters, random);

    internal override VaeCodePrior? CodePrior => Prior;

    internal override int? MapChannels => IsMap ? CodeDimension : null;

    internal override IEnumerable<string> FaultsWith(VaeArchitecture architecture)
    {
        if (!IsMap)
            yield break;
        if (architecture.Maps is not { } maps)
        {
            yield return $"{nameof(IsMap)} takes a code at each place of the encoder's maps, which {architecture.Describe()} has not; "
                + $"choose {nameof(VaeArchitecture)}.{nameof(VaeArchitecture.Convolutional)} with "
                + $"{nameof(ConvolutionalArchitecture.HiddenSize)} 0";
        }
        else if ((long)maps.Height * maps.Width * CodeDimension is var length and > GaussianLatent.MaximumDimension)
        {
            yield return OptionFaults.Expected(
                $"{nameof(CodeDimension)} · {maps.Height} · {maps.Width} places", length, $"at most {GaussianLatent.MaximumDimension}");
        }
    }

    internal override IEnumerable<string> Faults()
    {
        if (CodebookSize is < 2 or > MaximumCodebookSize)
            yield return OptionFaults.Range(nameof(CodebookSize), CodebookSize, 2, MaximumCodebookSize);
        if (CodeDimension is < 1 or > GaussianLatent.MaximumDimension)
            yield return OptionFaults.Range(nameof(CodeDimension), CodeDimension, 1, GaussianLatent.MaximumDimension);
        if (Codes is < 1 or > GaussianLatent.MaximumDimension)
            yield return OptionFaults.Range(nameof(Codes), Codes, 1, GaussianLatent.MaximumDimension);
        if (CodeDimension >= 1 && Codes >= 1 && (long)CodeDimension * Codes > GaussianLatent.MaximumDimension)
        {
            yield return OptionFaults.Expected(
                $"{nameof(CodeDimension)} · {nameof(Codes)}",
                (long)CodeDimension * Codes,
                $"at most {GaussianLatent.MaximumDimension}"
            );
        }
        if (IsMap && Codes != 1)
            yield return OptionFaults.Expected(nameof(Codes), Codes, $"1 where {nameof(IsMap)} is set, which says how many there are");
        foreach (var fault in Prior?.Faults() ?? [])
            yield return fault;
        if (!(Commitment is >= 0 and <= MaximumCommitment))
            yield return OptionFaults.Range(nameof(Commitment), Commitment, 0, MaximumCommitment);
        if (!(Decay is >= 0 and < 1))
            yield return OptionFaults.Expected(nameof(Decay), Decay, "at least 0 and below 1");
        if (!(DeadCodeThreshold is >= 0 and < 1))
            yield return OptionFaults.Expected(nameof(DeadCodeThreshold), DeadCodeThreshold, "at least 0 and below 1");
    }
}
