using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Likelihoods;

/// <summary>Categorical(softmax(l)), the logits l the decoder's output: all features are one group.</summary>
internal sealed record CategoricalOutput : OutputDistribution
{
    public override string Mean(GraphBuilder graph, int features, string output)
        => graph.Node("Softmax", "probabilities", [output], Attribute("axis", 1));

    /// <summary>One-hot: the largest of l − ln(−ln u), u uniform (Gumbel 1954).</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        var exponential = graph.Node("Neg", "exponential", graph.Node("Log", "uniform.log", graph.Uniform("uniform", noise)));
        var perturbed = graph.Node("Sub", "logits.perturbed", output, graph.Node("Log", "exponential.log", exponential));
        var largest = graph.Node("ArgMax", "drawn.number", [perturbed], Attribute("axis", 1));
        var isDrawn = graph.Node(
            "Equal", "is_drawn", largest, graph.Indices("categories", [.. Enumerable.Range(0, features).Select(i => (long)i)]));
        return graph.ToSingle("drawn", isDrawn);
    }

    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
        => NegativeLogDensity(graph, features, x, output);

    /// <summary>
    /// −x ln softmax(l), from the logits because a probability rounds to 0 long before its logarithm stops mattering. Zeros alone are a
    /// category that training has not seen: it costs as much as the least probable of the known ones, and no less than
    /// <see cref="GraphFormulas.LeastProbabilityNats"/>, shared by all slots.
    /// </summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var logProbabilities = graph.Node("LogSoftmax", "log_probabilities", [output], Attribute("axis", 1));
        var known = graph.Node("Neg", "cross_entropy", graph.Node("Mul", "log_likelihood", x, logProbabilities));

        var rarest = graph.Node("Neg", "rarest", graph.Node("ReduceMin", "log_probabilities.least", [logProbabilities], Axis));
        var unknown = graph.Node("Max", "unknown", rarest, graph.Constant("unknown.least", GraphFormulas.LeastProbabilityNats));
        var share = graph.Node("Div", "unknown.share", unknown, graph.Constant("group.size", features));

        var zero = graph.Constant("zero", 0);
        var size = graph.Node("ReduceMax", "x.largest_size", [graph.Node("Abs", "x.size", x)], Axis);
        var isUnknown = graph.Node("Equal", "x.is_unknown", size, zero);
        var density = graph.Node("Where", "negative_log_density.possible", isUnknown, share, known);

        var least = graph.Node("ReduceMin", "x.least", [x], Axis);
        var isNotNegative = graph.Node("GreaterOrEqual", "x.is_not_negative", least, zero);
        var sum = graph.Node("ReduceSum", "x.sum", x, graph.Indices("group.axis", 1));
        var excess = graph.Node("Sub", "x.excess", sum, graph.Constant("one", 1));
        var tolerance = graph.Constant("group.tolerance", CategorySupport.Tolerance);
        var isOne = graph.Node("LessOrEqual", "x.sum_is_one", graph.Node("Abs", "x.excess.size", excess), tolerance);
        var isKnown = graph.Node("And", "x.is_known", isNotNegative, isOne);
        return graph.OnSupport(graph.Node("Or", "x.is_possible", isKnown, isUnknown), density);
    }

    private static AttributeProto Axis => Attribute("axes", [1L]);
}
