using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>Bernoulli(sigmoid(l)), the logit l the decoder's output.</summary>
internal sealed record BernoulliOutput : OutputDistribution
{
    public override string Mean(GraphBuilder graph, int features, string output) => graph.Node("Sigmoid", "probability", output);

    /// <summary>1 where Φ(noise), which is uniform, lies below p, else 0.</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        var isOne = graph.Node("Less", "is_one", graph.NormalDistribution("uniform", noise), Mean(graph, features, output));
        return graph.ToSingle("drawn", isOne);
    }

    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
        => NegativeLogDensity(graph, features, x, output);

    /// <summary>
    /// −x ln p − (1 − x) ln(1 − p) = max(l, 0) − l·x + ln(1 + e^−|l|), from the logit because p rounds to 0 or 1 long before the
    /// logarithm stops mattering.
    /// </summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var positive = graph.Node("Relu", "logit.positive", output);
        var agreement = graph.Node("Mul", "logit.times_x", output, x);
        var decay = graph.Node("Exp", "logit.decay", graph.Node("Neg", "logit.minus_size", graph.Node("Abs", "logit.size", output)));
        var softplus = graph.Node("Log", "logit.softplus", graph.Node("Add", "logit.one_plus_decay", decay, graph.Constant("one", 1)));
        return graph.Node("Add", "cross_entropy", graph.Node("Sub", "logit.linear", positive, agreement), softplus);
    }
}
