using MLNet.Vae.Architectures;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Missing;

namespace MLNet.Vae.Graphs;

/// <summary>A trained autoencoder as plain numbers: no tensor, no graph, no column.</summary>
internal sealed record TrainedVae
{
    /// <summary>Applied to the features before the encoder.</summary>
    public required FeatureScaling Scaling { get; init; }

    /// <summary>
    /// Of the features as the likelihood has them, undone after the decoder; <see langword="null"/>: they are scaled as for the encoder. Of
    /// counts, it leaves the features as they are.
    /// </summary>
    public FeatureScaling? LikelihoodScaling { get; init; }

    /// <summary>Of the target, in the same way; <see langword="null"/>: the decoder gives the features themselves.</summary>
    public FeatureScaling? TargetScaling { get; init; }

    /// <summary>Applied to the condition; <see langword="null"/>: there is none.</summary>
    public FeatureScaling? ConditionScaling { get; init; }

    /// <summary>
    /// How the encoder reads rows some values of which are missing, NaN; <see langword="null"/>: none may be, and it reads the features.
    /// </summary>
    public MaskLayout? Mask { get; init; }

    /// <summary>From the normalised features to what <see cref="Latent"/> reads; empty for a linear one.</summary>
    public required IReadOnlyList<Layer> Encoder { get; init; }

    public required LatentNetwork Latent { get; init; }

    /// <summary>
    /// From a code to the parameters of <see cref="Distribution"/>, <c>[N, output]</c>, in units of <see cref="OutputScaling"/>.
    /// </summary>
    public required IReadOnlyList<Layer> Decoder { get; init; }

    public required OutputDistribution Distribution { get; init; }

    /// <summary>For <see cref="VaeScoreKind.NeighborDistance"/>; <see langword="null"/>: it has none.</summary>
    public ReferenceRows? Reference { get; init; }

    public int FeatureCount => Scaling.FeatureCount;

    /// <summary>Of what the decoder reconstructs, as the likelihood has it.</summary>
    public FeatureScaling OutputScaling => TargetScaling ?? LikelihoodScaling ?? Scaling;

    /// <summary>Values that the decoder reconstructs.</summary>
    public int OutputCount => OutputScaling.FeatureCount;

    public int ConditionCount => ConditionScaling?.FeatureCount ?? 0;

    public int LatentDimension => Latent.Length;
}
