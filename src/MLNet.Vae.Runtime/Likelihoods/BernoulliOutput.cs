using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>Bernoulli(sigmoid(l)), the logit l the decoder's output.</summary>
/// <param name="IsScaled">
/// Whether features were brought to 0 to 1 by the range of the training rows; otherwise no other value is possible.
/// </param>
internal sealed record BernoulliOutput(bool IsScaled = false) : OutputDistribution
{
    private static readonly (float Minimum, float Maximum) Support = (0, 1);

    public override OutputDistribution Over(ReadOnlySpan<bool> scaled) => this with { IsScaled = scaled.Contains(true) };

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
    /// −x ln p − (1 − x) ln(1 − p), which is linear in x and would reward an x beyond 0 or 1. Such an x is impossible or, where the range
    /// is that of the training rows, costs what the nearer end does, and <see cref="GraphFormulas.LeastProbabilityNats"/> for each unit
    /// that it lies beyond.
    /// </summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var inside = graph.Clamp("x.inside", x, Support);
        if (!IsScaled)
            return graph.OnSupport(graph.Node("Equal", "x.is_inside", x, inside), CrossEntropy(graph, x, output));
        var beyond = graph.Node("Abs", "x.beyond", graph.Node("Sub", "x.beyond.signed", x, inside));
        var surprise = graph.Node("Mul", "surprise", beyond, graph.Constant("surprise.per_unit", GraphFormulas.LeastProbabilityNats));
        return graph.Node("Add", "negative_log_density", CrossEntropy(graph, inside, output), surprise);
    }

    /// <summary>
    /// −x ln p − (1 − x) ln(1 − p) = max(l, 0) − l·x + ln(1 + e^−|l|), from the logit because p rounds to 0 or 1 long before the
    /// logarithm stops mattering.
    /// </summary>
    private static string CrossEntropy(GraphBuilder graph, string x, string output)
    {
        var positive = graph.Node("Relu", "logit.positive", output);
        var agreement = graph.Node("Mul", "logit.times_x", output, x);
        var decay = graph.Node("Exp", "logit.decay", graph.Node("Neg", "logit.minus_size", graph.Node("Abs", "logit.size", output)));
        var softplus = graph.Node("Log", "logit.softplus", graph.Node("Add", "logit.one_plus_decay", decay, graph.Constant("one", 1)));
        return graph.Node("Add", "cross_entropy", graph.Node("Sub", "logit.linear", positive, agreement), softplus);
    }
}
