using MLNet.Vae.Onnx;
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

    /// <summary>−x ln softmax(l), from the logits because a probability rounds to 0 long before its logarithm stops mattering.</summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var logProbabilities = graph.Node("LogSoftmax", "log_probabilities", [output], Attribute("axis", 1));
        return graph.Node("Neg", "cross_entropy", graph.Node("Mul", "log_likelihood", x, logProbabilities));
    }
}
