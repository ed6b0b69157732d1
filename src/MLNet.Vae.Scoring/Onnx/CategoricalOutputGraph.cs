using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Onnx;

/// <summary>Categorical(softmax(l)), the logits l the decoder's last layer.</summary>
internal sealed class CategoricalOutputGraph : OutputGraph
{
    public override string Mean(GraphBuilder graph, string output) => graph.Node("Softmax", "probabilities", [output], Attribute("axis", 1));

    public override string ReconstructionError(GraphBuilder graph, string x, string output) => NegativeLogDensity(graph, x, output);

    /// <summary>−x ln softmax(l), from the logits because a probability rounds to 0 long before its logarithm stops mattering.</summary>
    public override string NegativeLogDensity(GraphBuilder graph, string x, string output)
    {
        var logProbabilities = graph.Node("LogSoftmax", "log_probabilities", [output], Attribute("axis", 1));
        return graph.Node("Neg", "cross_entropy", graph.Node("Mul", "log_likelihood", x, logProbabilities));
    }
}
