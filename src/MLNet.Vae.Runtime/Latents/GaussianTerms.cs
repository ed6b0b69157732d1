using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>What a Gaussian posterior adds to the bound, with a standard normal prior or, in units of it, any other Gaussian one.</summary>
internal static class GaussianTerms
{
    /// <summary>
    /// KL(N(mean, σ²) ‖ N(0, I)) = Σ ½ (mean² + σ² − 1) − log σ (Kingma and Welling 2014, appendix B), <c>[N, L]</c> → <c>[N, 1]</c>.
    /// </summary>
    public static string Kl(GraphBuilder graph, string mean, string logSigma)
        => graph.Node("ReduceSum", "kl", KlPerDimension(graph, mean, logSigma), graph.Indices("kl.axes", 1));

    /// <summary>The terms of that sum, each value by itself.</summary>
    public static string KlPerDimension(GraphBuilder graph, string mean, string logSigma)
    {
        var meanSquare = graph.Node("Mul", "kl.mean_square", mean, mean);
        var variance = graph.Node("Exp", "kl.variance", graph.Node("Mul", "kl.log_variance", logSigma, graph.Constant("kl.two", 2)));
        var excess = graph.Node(
            "Sub", "kl.excess", graph.Node("Add", "kl.second_moment", meanSquare, variance), graph.Constant("kl.one", 1));
        var half = graph.Node("Mul", "kl.half_excess", excess, graph.Constant("kl.half", 0.5f));
        return graph.Node("Sub", "kl.per_dimension", half, logSigma);
    }

    /// <summary>
    /// ln N(z; 0, 1) − ln N(z; mean, σ²) for z = mean + σ·noise, which is ½ (noise² − z²) + log σ, summed over dimensions, <c>[S·N, L]</c>
    /// →
    /// <c>[S·N, 1]</c>.
    /// </summary>
    public static string LogRatio(GraphBuilder graph, string z, string logSigma, string noise)
    {
        var squares = graph.Node(
            "Sub",
            "ratio.squares",
            graph.Node("Mul", "ratio.noise", noise, noise),
            graph.Node("Mul", "ratio.z", z, z)
        );
        var half = graph.Node("Mul", "ratio.half", squares, graph.Constant("kl.half", 0.5f));
        var perDimension = graph.Node("Add", "ratio.per_dimension", half, logSigma);
        return graph.Node("ReduceSum", "ratio", perDimension, graph.Indices("kl.axes", 1));
    }
}
