using Lectures.Shown;

namespace Lectures;

/// <summary>The sections, in the order of the lectures.</summary>
internal static class Sections
{
    public static IReadOnlyList<Section> All { get; } =
    [
        new LinearAutoencoder(), new ShallowAutoencoder(), new DeepAutoencoder(), new SparseAutoencoder(), new DenoisingAutoencoder(),
        new Holes(), new Divergence(), new GaussianExample(), new MonteCarlo(), new ConstrainedKl(), new ConditionalVae(),
        new MixtureVae(), new HierarchicalVae(), new DiscreteCodes(), new BitsBack(), new FewLabels(), new LinkEmbedding(),
        new LatentPaths(), new Sequences(),
    ];
}
