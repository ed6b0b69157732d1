using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>q(z | x) = N(mean, diag σ²), and p(z) = N(0, I) or, learned, p(z | c) = N(prior mean, diag prior σ²).</summary>
/// <param name="Mean">Posterior mean, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">Posterior log σ before clamping, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigmaRange">Bounds that log σ is clamped to, the prior's too.</param>
/// <param name="Prior">p(z | c); <see langword="null"/>: N(0, I).</param>
internal sealed record GaussianPosterior(
    DenseLayer Mean, DenseLayer LogSigma, (float Minimum, float Maximum) LogSigmaRange, GaussianPrior? Prior = null) : LatentNetwork
{
    public override int Length => Mean.Outputs;

    public override void Encode(GraphBuilder graph, string hidden)
    {
        Mean.Write(graph, TensorNames.Mean, hidden);
        graph.Clamp(TensorNames.LogSigma, LogSigma.Write(graph, "log_sigma.unclamped", hidden), LogSigmaRange);
    }

    public override void WritePrior(GraphBuilder graph)
    {
        if (Prior is not { } prior)
            return;
        var hidden = graph.Layers("prior", prior.Hidden, TensorNames.NormalisedCondition);
        prior.Mean.Write(graph, TensorNames.PriorMean, hidden);
        graph.Clamp(TensorNames.PriorLogSigma, prior.LogSigma.Write(graph, "prior_log_sigma.unclamped", hidden), LogSigmaRange);
    }

    /// <summary>With a learned prior, in its units: (mean − prior mean) / prior σ and σ / prior σ.</summary>
    public override string Kl(GraphBuilder graph)
    {
        var (mean, logSigma) = Prior is null ? (TensorNames.Mean, TensorNames.LogSigma) : InUnitsOfThePrior(graph);
        return GaussianTerms.Kl(graph, mean, logSigma);
    }

    /// <summary>
    /// z = mean + σ·noise. A ratio of densities does not change with the units of z, and in those of the prior it is N(0, 1).
    /// </summary>
    public override (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise)
    {
        var logSigma = graph.PerSample(TensorNames.LogSigma);
        var shift = graph.Node("Mul", "z.shift", graph.Node("Exp", "z.sigma", logSigma), noise);
        var z = graph.Node("Add", "z", graph.PerSample(TensorNames.Mean), shift);
        if (Prior is null)
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
