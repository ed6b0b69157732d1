using MLNet.Vae.Missing;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Graphs;

/// <summary>Missing values as nodes: NaN in the features, of a model that has a <see cref="MaskLayout"/>.</summary>
internal static class ObservedGraph
{
    private const string IsMissing = "observed.is_missing", Count = "observed.count";

    /// <summary>
    /// <see cref="TensorNames.Observed"/>, <see cref="TensorNames.ObservedFeatures"/> and how many values of a row are there, at least 1,
    /// <c>[N, 1]</c>.
    /// </summary>
    public static void WriteObserved(this GraphBuilder graph)
    {
        var missing = graph.Node("IsNaN", IsMissing, TensorNames.Features);
        graph.ToSingle(TensorNames.Observed, graph.Node("Not", "observed.is_there", missing));
        graph.ZeroWhereMissing(TensorNames.ObservedFeatures, TensorNames.Features);
        var sum = graph.Node("ReduceSum", "observed.sum", TensorNames.Observed, graph.Indices("score.axes", 1));
        graph.Node("Max", Count, sum, graph.Constant("observed.least_count", 1));
    }

    /// <summary>The features, where none of the values that are there is infinite a row of finite values.</summary>
    public static string KnownFeatures(this TrainedVae network)
        => network.Mask is null ? TensorNames.Features : TensorNames.ObservedFeatures;

    /// <summary>The values that are there, 0 in place of the others, <c>[N, D]</c>.</summary>
    public static string ZeroWhereMissing(this GraphBuilder graph, string y, string x)
        => graph.Node("Where", y, IsMissing, graph.Constant("observed.nothing", 0), x);

    /// <summary>What the encoder reads, <c>[N, D + masked]</c>.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="layout">Which slots have a mask.</param>
    /// <param name="x">Scaled values, 0 where they are missing, <c>[N, D]</c>.</param>
    public static string WithMask(this GraphBuilder graph, MaskLayout layout, string x)
    {
        if (layout.Slots.Length == 0)
            return x;
        var runs = layout.Runs().ToArray();
        string[] masks = runs.Length == 1
            ? [TensorNames.Observed]
            : graph.Split("observed.runs", TensorNames.Observed, [.. runs.Select(run => run.Count)]);
        return graph.Node("Concat", "observed.read", [x, .. masks.Where((_, i) => runs[i].HasMask)], Attribute("axis", 1));
    }

    /// <summary>Terms of the samples, <c>[S·N, D]</c>, 0 where a value is missing.</summary>
    /// <param name="samples">Writes under a prefix of its own.</param>
    /// <param name="terms">As many of each row as it has samples.</param>
    public static string ZeroWhereMissingOfSamples(this GraphBuilder samples, string terms)
    {
        var isThere = samples.Node(
            "Greater", "observed.of_sample", samples.PerSample(TensorNames.Observed), samples.Constant("observed.nothing", 0));
        return samples.Node("Where", "observed.terms", isThere, terms, samples.Constant("observed.nothing", 0));
    }

    /// <summary>An equal share of something of a row, <c>[N, 1]</c>, for each of its values; of those that are there.</summary>
    public static string ShareOfObserved(this GraphBuilder graph, TrainedVae network, string y, string x)
        => graph.Node("Div", y, x, network.Mask is null ? graph.Constant("feature_count", network.FeatureCount) : Count);
}
