namespace MLNet.Vae.Latents;

/// <summary>A Gaussian posterior; the prior is N(0, I), or learned from the condition.</summary>
internal sealed class GaussianDescriptor : LatentDescriptor
{
    public static GaussianDescriptor Instance { get; } = new();

    public override bool HasLogSigma => true;

    public override bool HasKl => true;

    public override bool HasDensity => true;

    public override bool IsStandardNormal(VaeModelInfo info) => !info.LearnedPrior;

    public override bool NeedsPriorGraph(VaeModelInfo info) => info.LearnedPrior;

    public override LatentPrior Prior(VaeModelInfo info, PriorSources sources)
        => info.LearnedPrior ? new ConditionalPrior(info.LatentDimension, sources.Moments) : new StandardPrior(info.LatentDimension);

    public override string Describe(VaeModelInfo info) => $"Gaussian, {Dimensions(info)}";
}
