namespace MLNet.Vae.Latents;

/// <summary>A plain code, without a distribution.</summary>
internal sealed class DeterministicDescriptor : LatentDescriptor
{
    public static DeterministicDescriptor Instance { get; } = new();

    public override bool HasLogSigma => false;

    public override bool HasKl => false;

    public override bool HasDensity => false;

    public override bool HasPrior => false;

    /// <summary>The scale of the code is free, so that all that varies counts.</summary>
    public override double ActiveVariance => 1e-8;

    public override LatentPrior? Prior(VaeModelInfo info, PriorSources sources) => null;

    public override string Describe(VaeModelInfo info) => $"deterministic, {Dimensions(info)}";

    public override string ModelName => "Autoencoder";

    public override string EmbeddingName => "code";
}
