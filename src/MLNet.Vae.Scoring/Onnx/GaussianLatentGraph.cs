using MLNet.Vae.Networks;

namespace MLNet.Vae.Onnx;

/// <summary>q(z | x) = N(mean, diag σ²) and p(z) = N(0, I).</summary>
internal sealed class GaussianLatentGraph(GaussianCode latent) : LatentGraph
{
    public override void Encode(GraphBuilder graph, string hidden)
    {
        graph.Dense(TensorNames.Mean, latent.Mean, hidden);
        graph.Clamp(TensorNames.LogSigma, graph.Dense("log_sigma.unclamped", latent.LogSigma, hidden), latent.LogSigmaRange);
    }

    public override string Kl(GraphBuilder graph) => GaussianTerms.Kl(graph, TensorNames.Mean, TensorNames.LogSigma);

    /// <summary>z = mean + σ·noise.</summary>
    public override (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise)
    {
        var logSigma = graph.PerSample(TensorNames.LogSigma);
        var shift = graph.Node("Mul", "z.shift", graph.Node("Exp", "z.sigma", logSigma), noise);
        var z = graph.Node("Add", "z", graph.PerSample(TensorNames.Mean), shift);
        return (z, GaussianTerms.LogRatio(graph, z, logSigma, noise));
    }
}
