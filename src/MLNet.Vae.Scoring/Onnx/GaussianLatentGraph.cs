using MLNet.Vae.Networks;

namespace MLNet.Vae.Onnx;

/// <summary>q(z | x) = N(mean, diag σ²), and p(z) = N(0, I) or, learned, p(z | c) = N(prior mean, diag prior σ²).</summary>
internal sealed class GaussianLatentGraph(GaussianCode latent) : LatentGraph
{
    public override void Encode(GraphBuilder graph, string hidden)
    {
        graph.Dense(TensorNames.Mean, latent.Mean, hidden);
        graph.Clamp(TensorNames.LogSigma, graph.Dense("log_sigma.unclamped", latent.LogSigma, hidden), latent.LogSigmaRange);
    }

    public override void Prior(GraphBuilder graph)
    {
        if (latent.Prior is not { } prior)
            return;
        var hidden = graph.Layers("prior", prior.Hidden, TensorNames.NormalisedCondition);
        graph.Dense(TensorNames.PriorMean, prior.Mean, hidden);
        graph.Clamp(TensorNames.PriorLogSigma, graph.Dense("prior_log_sigma.unclamped", prior.LogSigma, hidden), latent.LogSigmaRange);
    }

    /// <summary>
    /// KL(q(z | x) ‖ N(0, I)) = Σ ½ (mean² + σ² − 1) − log σ (Kingma and Welling 2014, appendix B), and that of a learned prior the same in
    /// its units: (mean − prior mean) / prior σ and σ / prior σ.
    /// </summary>
    public override string Kl(GraphBuilder graph)
    {
        var (mean, logSigma) = latent.Prior is null ? (TensorNames.Mean, TensorNames.LogSigma) : InUnitsOfThePrior(graph);
        var meanSquare = graph.Node("Mul", "kl.mean_square", mean, mean);
        var variance = graph.Node("Exp", "kl.variance", graph.Node("Mul", "kl.log_variance", logSigma, graph.Constant("kl.two", 2)));
        var excess = graph.Node(
            "Sub", "kl.excess", graph.Node("Add", "kl.second_moment", meanSquare, variance), graph.Constant("kl.one", 1));
        var half = graph.Node("Mul", "kl.half_excess", excess, graph.Constant("kl.half", 0.5f));
        var perDimension = graph.Node("Sub", "kl.per_dimension", half, logSigma);
        return graph.Node("ReduceSum", "kl", perDimension, graph.Indices("kl.axes", 1));
    }

    private static (string Mean, string LogSigma) InUnitsOfThePrior(GraphBuilder graph)
    {
        var distance = graph.Node("Sub", "kl.distance", TensorNames.Mean, TensorNames.PriorMean);
        var mean = graph.Node("Div", "kl.mean", distance, graph.Node("Exp", "kl.prior_sigma", TensorNames.PriorLogSigma));
        return (mean, graph.Node("Sub", "kl.log_sigma", TensorNames.LogSigma, TensorNames.PriorLogSigma));
    }
}
