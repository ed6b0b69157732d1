using MLNet.Vae.Noise;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Graphs;

/// <summary>
/// −ln p(x) ≈ −ln 1/S Σ wₛ by importance sampling (Burda, Grosse and Salakhutdinov 2016, eq. 8), with noise that is part of the graph and
/// the same for each row, so that a row has the same score each time.
/// </summary>
internal static class SampledScore
{
    /// <summary>S.</summary>
    public const int Samples = 64;

    private const string Prefix = "score/";
    private const int Seed = 0;

    /// <summary>
    /// Terms that sum to the score, <c>[N, D]</c>: the mean of a feature's −ln p(x | z) over the samples, weighted by wₛ, and an equal
    /// share of what the score has beside these.
    /// </summary>
    public static string Write(GraphBuilder graph, TrainedVae network, string x)
    {
        var samples = graph.Within(Prefix).Repeating(graph.Indices("score.repeats", Samples, 1));
        if (ImportanceGraph.Weights(samples, network, x, Noise(samples, network)) is not var (logWeights, perFeature))
            throw new InvalidOperationException("A latent variable without a density has no log-likelihood.");
        var (features, first) = (network.FeatureCount, samples.Indices("score.first_axis", 0));

        // [S, N, 1], through the largest weight of each row, so that nothing overflows.
        var known = samples.NaNTo("log_weight.known", logWeights, float.NegativeInfinity);
        var log = samples.Node("Reshape", "log_weight", known, samples.Indices("score.weights", Samples, -1, 1));
        var largest = samples.Node("ReduceMax", "log_weight.largest", [log], Attribute("axes", [0L]));
        var weight = samples.Node("Exp", "sampled.weight", samples.Node("Sub", "log_weight.shifted", log, largest));
        var sum = samples.Node("ReduceSum", "sampled.weight.sum", weight, first);
        var mean = samples.Node("Div", "sampled.weight.mean", sum, samples.Constant("score.samples", Samples));
        var logMean = samples.Node("Add", "log_mean_weight", samples.Node("Log", "sampled.weight.mean.log", mean), largest);
        var minus = samples.Node("Neg", "log_mean_weight.minus", logMean);
        var score = samples.Node("Reshape", "negative_log_likelihood", minus, samples.Indices("score.column", -1, 1));

        // A sample without weight says nothing, whatever it costs.
        var zero = samples.Constant("zero", 0);
        var cost = samples.Node("Reshape", "sampled.cost", perFeature, samples.Indices("score.costs", Samples, -1, features));
        var counts = samples.Node("Greater", "sampled.weight.counts", weight, zero);
        var counted = samples.Node("Where", "sampled.cost.counted", counts, cost, zero);
        var share = samples.Node("Div", "sampled.weight.share", weight, sum);
        var weighted = samples.Node("Mul", "sampled.cost.weighted", counted, share);
        var means = samples.Node("ReduceSum", "sampled.cost.mean", [weighted, first], Attribute("keepdims", 0));
        var explained = samples.Node("ReduceSum", "sampled.cost.mean.sum", means, samples.Indices("score.axes", 1));
        var rest = samples.Node("Sub", "sampled.rest", score, explained);
        var equally = samples.ShareOfObserved(network, "sampled.rest.share", rest);
        return samples.Node("Add", "sampled.terms", means, equally);
    }

    /// <summary>The same S samples for each of the N rows, <c>[S·N, L]</c>.</summary>
    private static string Noise(GraphBuilder graph, TrainedVae network)
    {
        var latents = network.LatentDimension;
        var values = new float[Samples * latents];
        new CounterNumbers(Seed).Fill(values, latents, default, 0);
        var noise = graph.Constant("score.noise", values, Samples, 1, latents);
        // [1, N, 1]: 0 of each row, or NaN, as its score will be.
        var unknown = graph.ToUnknown("sampled.noise", network.KnownFeatures());
        var nothing = graph.Node("Reshape", "sampled.noise.none", unknown, graph.Indices("score.of_rows", 1, -1, 1));
        var ofRows = graph.Node("Add", "sampled.noise.of_rows", noise, nothing);
        return graph.Node("Reshape", "sampled.noise", ofRows, graph.Indices("score.noise_rows", -1, latents));
    }
}
