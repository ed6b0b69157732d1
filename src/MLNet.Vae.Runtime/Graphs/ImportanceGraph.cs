using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>
/// The weights of importance sampling (Burda, Grosse and Salakhutdinov 2016, eq. 8): features <c>[N, D]</c>, noise <c>[S·N, L]</c> and
/// repeats (S, 1) → ln p(x | z) + ln p(z) − ln q(z | x), <c>[S·N, 1]</c>, nats over scaled features. Sampled tensors hold all rows with
/// their first sample, then all with their second, and so on. The encoder runs once per row, the decoder once per sample.
/// </summary>
internal static class ImportanceGraph
{
    private const string Prefix = "importance/";

    /// <param name="graph">Holds the model up to the posterior.</param>
    /// <param name="network">The model; nothing is written where its latent variable has no density.</param>
    /// <param name="x">Features as the likelihood has them, <c>[N, D]</c>.</param>
    public static void Write(GraphBuilder graph, TrainedVae network, string x)
    {
        if (Weights(graph.Within(Prefix), network, x, TensorNames.Noise) is not var (logWeight, _))
            return;
        graph.NaNTo(TensorNames.LogWeight, logWeight, float.NegativeInfinity);
        DensityGraph.Write(graph, network, x);
    }

    /// <summary>
    /// The logarithm of the weight of each sample, <c>[S·N, 1]</c>, and −ln p(x | z) of each feature, <c>[S·N, D]</c>;
    /// <see langword="null"/>: the latent variable has no density.
    /// </summary>
    /// <param name="samples">Writes under a prefix of its own.</param>
    /// <param name="network">The model.</param>
    /// <param name="x">Features as the likelihood has them, <c>[N, D]</c>.</param>
    /// <param name="noise">Standard normal, <c>[S·N, L]</c>.</param>
    public static (string LogWeight, string PerFeature)? Weights(GraphBuilder samples, TrainedVae network, string x, string noise)
    {
        if (network.Latent.Sample(samples, noise) is not var (z, logRatio))
            return null;
        var (density, perFeature) = DensityGraph.NegativeLogDensity(samples, network, x, z);
        return (samples.Node("Sub", "log_weight.unbounded", logRatio, density), perFeature);
    }
}
