namespace MLNet.Vae.Networks;

/// <summary>A trained variational autoencoder as plain numbers: no tensor, no graph, no column.</summary>
internal sealed record TrainedVae
{
    /// <summary>Applied before the encoder, undone after the decoder.</summary>
    public required FeatureScaling Scaling { get; init; }

    /// <summary>Hidden layers of the encoder; empty for a linear one.</summary>
    public required IReadOnlyList<Layer> Encoder { get; init; }

    /// <summary>Posterior mean, <c>[latent, hidden]</c>.</summary>
    public required DenseLayer Mean { get; init; }

    /// <summary>Posterior log σ before clamping, <c>[latent, hidden]</c>.</summary>
    public required DenseLayer LogSigma { get; init; }

    /// <summary>Bounds that log σ is clamped to.</summary>
    public required (float Minimum, float Maximum) LogSigmaRange { get; init; }

    /// <summary>Hidden layers of the decoder; empty for a linear one.</summary>
    public required IReadOnlyList<Layer> Decoder { get; init; }

    /// <summary>The decoder's last layer, <c>[features, hidden]</c>: mean (Gaussian) or logit (Bernoulli), normalised units.</summary>
    public required DenseLayer Output { get; init; }

    public required OutputDistribution Distribution { get; init; }

    public int FeatureCount => Output.Outputs;

    public int LatentDimension => Mean.Outputs;
}
