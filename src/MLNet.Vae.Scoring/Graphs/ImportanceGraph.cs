using MLNet.Vae.Architectures;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>
/// The weights of importance sampling (Burda, Grosse and Salakhutdinov 2016, eq. 8): features <c>[N, D]</c>, noise <c>[S·N, L]</c> and
/// repeats (S, 1) → ln p(x | z) + ln p(z) − ln q(z | x), <c>[S·N, 1]</c>, nats over normalised features. Sampled tensors hold all rows with
/// their first sample, then all with their second, and so on. The encoder runs once per row, the decoder once per sample.
/// </summary>
internal static class ImportanceGraph
{
    private const string Prefix = "importance/";

    /// <param name="graph">Holds the model up to the posterior.</param>
    /// <param name="network">The model.</param>
    /// <param name="latent">Its latent variable; without a density nothing is written.</param>
    /// <param name="likelihood">Its likelihood.</param>
    /// <param name="x">Normalised features, <c>[N, D]</c>.</param>
    public static void Write(GraphBuilder graph, TrainedVae network, LatentGraph latent, OutputGraph likelihood, string x)
    {
        var samples = graph.Within(Prefix);
        if (latent.Sample(samples, TensorNames.Noise) is not var (z, logRatio))
            return;
        var condition = network.ConditionScaling is null ? "" : samples.PerSample(TensorNames.NormalisedCondition);
        var output = samples.Layers("decoder", network.Decoder, latent.Decoded(samples, z), condition);
        var perFeature = likelihood.NegativeLogDensity(samples, samples.PerSample(x), output);
        var density = samples.Node("ReduceSum", "negative_log_density.sum", perFeature, graph.Indices("score.axes", 1));
        graph.Node("Sub", TensorNames.LogWeight, logRatio, density);
    }

    /// <summary><c>[N, width]</c> → <c>[S·N, width]</c>: all rows, S times over.</summary>
    public static string PerSample(this GraphBuilder graph, string rows)
        => graph.Node("Tile", $"{rows}.per_sample", rows, TensorNames.Repeats);
}
