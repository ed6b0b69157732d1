using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>
/// ln p(x | z) at codes from anywhere: features <c>[N, D]</c>, codes <c>[S·N, L]</c> and repeats (S, 1) → nats over scaled features,
/// <c>[S·N, 1]</c>; all rows with their first code, then all with their second, and so on. With codes of the prior, the weights of plain
/// Monte Carlo.
/// </summary>
internal static class DensityGraph
{
    private const string Prefix = "density/";

    /// <param name="graph">Holds the model.</param>
    /// <param name="network">The model.</param>
    /// <param name="x">Features as the likelihood has them, <c>[N, D]</c>.</param>
    public static void Write(GraphBuilder graph, TrainedVae network, string x)
    {
        var samples = graph.Within(Prefix);
        var (sum, _) = NegativeLogDensity(samples, network, x, TensorNames.ProposedCode);
        graph.NaNTo(TensorNames.LogDensity, samples.Node("Neg", "log_density.unbounded", sum), float.NegativeInfinity);
    }

    /// <summary>−ln p(x | z), <c>[S·N, 1]</c>, and that of each feature, <c>[S·N, D]</c>.</summary>
    /// <param name="samples">Writes under a prefix of its own.</param>
    /// <param name="network">The model.</param>
    /// <param name="x">Features as the likelihood has them, <c>[N, D]</c>.</param>
    /// <param name="z"><c>[S·N, L]</c>.</param>
    public static (string Sum, string PerFeature) NegativeLogDensity(GraphBuilder samples, TrainedVae network, string x, string z)
    {
        var condition = network.ConditionScaling is null ? "" : samples.PerSample(TensorNames.NormalisedCondition);
        var output = samples.Layers("decoder", network.Decoder, network.Latent.Decoded(samples, z), condition);
        var perFeature = network.Distribution.NegativeLogDensity(samples, network.FeatureCount, samples.PerSample(x), output);
        if (network.Mask is not null)
            perFeature = samples.ZeroWhereMissingOfSamples(perFeature);
        return (samples.Node("ReduceSum", "negative_log_density.sum", perFeature, samples.Indices("score.axes", 1)), perFeature);
    }
}
