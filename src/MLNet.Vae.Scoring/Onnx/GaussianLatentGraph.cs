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

    /// <summary>KL(q(z | x) ‖ N(0, I)) = Σ ½ (mean² + σ² − 1) − log σ (Kingma and Welling 2014, appendix B).</summary>
    public override string Kl(GraphBuilder graph)
    {
        var meanSquare = graph.Node("Mul", "kl.mean_square", TensorNames.Mean, TensorNames.Mean);
        var variance = graph.Node(
            "Exp", "kl.variance", graph.Node("Mul", "kl.log_variance", TensorNames.LogSigma, graph.Constant("kl.two", 2)));
        var excess = graph.Node(
            "Sub", "kl.excess", graph.Node("Add", "kl.second_moment", meanSquare, variance), graph.Constant("kl.one", 1));
        var half = graph.Node("Mul", "kl.half_excess", excess, graph.Constant("kl.half", 0.5f));
        var perDimension = graph.Node("Sub", "kl.per_dimension", half, TensorNames.LogSigma);
        return graph.Node("ReduceSum", "kl", perDimension, graph.Indices("kl.axes", 1));
    }

    /// <summary>z = mean + σ·noise; ln N(z; 0, 1) − ln N(z; mean, σ²) = ½ (noise² − z²) + log σ, summed over dimensions.</summary>
    public override (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise)
    {
        var logSigma = graph.PerSample(TensorNames.LogSigma);
        var shift = graph.Node("Mul", "z.shift", graph.Node("Exp", "z.sigma", logSigma), noise);
        var z = graph.Node("Add", "z", graph.PerSample(TensorNames.Mean), shift);
        var squares = graph.Node("Sub", "ratio.squares", graph.Node("Mul", "ratio.noise", noise, noise), graph.Node("Mul", "ratio.z", z, z));
        var half = graph.Node("Mul", "ratio.half", squares, graph.Constant("kl.half", 0.5f));
        var perDimension = graph.Node("Add", "ratio.per_dimension", half, logSigma);
        return (z, graph.Node("ReduceSum", "ratio", perDimension, graph.Indices("kl.axes", 1)));
    }
}
