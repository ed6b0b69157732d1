using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

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

    /// <summary>With a learned prior, in its units: (mean − prior mean) / prior σ and σ / prior σ.</summary>
    public override string Kl(GraphBuilder graph)
    {
        var (mean, logSigma) = latent.Prior is null ? (TensorNames.Mean, TensorNames.LogSigma) : InUnitsOfThePrior(graph);
        return GaussianTerms.Kl(graph, mean, logSigma);
    }

    /// <summary>z = mean + σ·noise. A ratio of densities does not change with the units of z, and in those of the prior it is N(0, 1).</summary>
    public override (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise)
    {
        var logSigma = graph.PerSample(TensorNames.LogSigma);
        var shift = graph.Node("Mul", "z.shift", graph.Node("Exp", "z.sigma", logSigma), noise);
        var z = graph.Node("Add", "z", graph.PerSample(TensorNames.Mean), shift);
        if (latent.Prior is null)
            return (z, GaussianTerms.LogRatio(graph, z, logSigma, noise));
        var priorLogSigma = graph.PerSample(TensorNames.PriorLogSigma);
        var distance = graph.Node("Sub", "z.distance", z, graph.PerSample(TensorNames.PriorMean));
        var inUnits = graph.Node("Div", "z.in_units", distance, graph.Node("Exp", "z.prior_sigma", priorLogSigma));
        return (z, GaussianTerms.LogRatio(graph, inUnits, graph.Node("Sub", "z.log_sigma", logSigma, priorLogSigma), noise));
    }

    private static (string Mean, string LogSigma) InUnitsOfThePrior(GraphBuilder graph)
    {
        var distance = graph.Node("Sub", "kl.distance", TensorNames.Mean, TensorNames.PriorMean);
        var mean = graph.Node("Div", "kl.mean", distance, graph.Node("Exp", "kl.prior_sigma", TensorNames.PriorLogSigma));
        return (mean, graph.Node("Sub", "kl.log_sigma", TensorNames.LogSigma, TensorNames.PriorLogSigma));
    }
}
