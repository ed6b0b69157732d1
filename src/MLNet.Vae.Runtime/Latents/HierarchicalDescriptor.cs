namespace MLNet.Vae.Latents;

/// <summary>Several levels of Gaussians, each the prior of the one below.</summary>
internal sealed class HierarchicalDescriptor : LatentDescriptor
{
    public static HierarchicalDescriptor Instance { get; } = new();

    public override bool HasLogSigma => true;

    public override bool HasKl => true;

    public override bool HasDensity => true;

    public override bool HasLevels => true;

    public override bool NeedsPriorGraph(VaeModelInfo info) => true;

    public override LatentPrior Prior(VaeModelInfo info, PriorSources sources)
        => new HierarchicalPrior(info.LevelDimensions, sources.Moments);

    public override string Describe(VaeModelInfo info) => $"hierarchical, {Levels(info)} dimensions from the data up";

    public override string DescribeSizes(VaeModelInfo info) => $"{Levels(info)} dimensions in {Number(info.LevelDimensions.Count)} levels";

    private static string Levels(VaeModelInfo info) => string.Join(" + ", info.LevelDimensions.Select(Number));
}
