using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Latents;

/// <summary>q(z | x) = N(mean, diag σ²), and p(z) = Σ_c π_c N(μ_c, diag σ_c²). Tensors per component are <c>[N, K]</c>.</summary>
/// <param name="Mean">Posterior mean, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigma">Posterior log σ before clamping, <c>[latent, hidden]</c>.</param>
/// <param name="LogSigmaRange">Bounds that the posterior's log σ is clamped to.</param>
/// <param name="Prior">p(z).</param>
internal sealed record MixturePosterior(
    DenseLayer Mean, DenseLayer LogSigma, (float Minimum, float Maximum) LogSigmaRange, GaussianMixture Prior) : LatentNetwork
{
    private const string Joint = "component.log_joint";

    public override int Length => Mean.Outputs;

    public override IReadOnlyList<VaeMixtureComponent> Components => Prior.Describe();

    /// <summary>component = softmax over c of ln π_c − KL(q ‖ N(μ_c, diag σ_c²)).</summary>
    public override void Encode(GraphBuilder graph, string hidden)
    {
        Mean.Write(graph, TensorNames.Mean, hidden);
        graph.Clamp(TensorNames.LogSigma, LogSigma.Write(graph, "log_sigma.unclamped", hidden), LogSigmaRange);
        var mean = InUnitsOfEach(graph, "component.mean", PerComponent(graph, TensorNames.Mean));
        var logSigma = graph.Node("Sub", "component.log_sigma", PerComponent(graph, TensorNames.LogSigma), LogSigmas(graph));
        var kl = Sum(graph, "component.kl", GaussianTerms.KlPerDimension(graph, mean, logSigma));
        graph.Node("Softmax", TensorNames.Component, [graph.Node("Sub", Joint, LogWeights(graph), kl)], Attribute("axis", 1));
    }

    /// <summary>KL(q ‖ p) ≤ −ln Σ_c π_c exp(−KL(q ‖ N(μ_c, diag σ_c²))) (Hershey and Olsen 2007).</summary>
    public override string Kl(GraphBuilder graph) => graph.Node("Neg", "kl", LogSumExp(graph, "kl", Joint));

    /// <summary>
    /// z = mean + σ·noise, and ln Σ_c π_c N(z; μ_c, diag σ_c²) + ½ noise² + log σ, summed over dimensions: ½ ln 2π is in both densities.
    /// </summary>
    public override (string Z, string LogRatio)? Sample(GraphBuilder graph, string noise)
    {
        var logSigma = graph.PerSample(TensorNames.LogSigma);
        var shift = graph.Node("Mul", "z.shift", graph.Node("Exp", "z.sigma", logSigma), noise);
        var z = graph.Node("Add", "z", graph.PerSample(TensorNames.Mean), shift);

        var inUnits = InUnitsOfEach(graph, "ratio.z", PerComponent(graph, z));
        var exponent = graph.Node("Add", "ratio.exponent", HalfSquare(graph, "ratio.z_square", inUnits), LogSigmas(graph));
        var joint = graph.Node("Sub", "ratio.log_joint", LogWeights(graph), Sum(graph, "ratio.exponents", exponent));
        var negativePosterior = graph.Node("Add", "ratio.posterior", HalfSquare(graph, "ratio.noise_square", noise), logSigma);
        var sum = graph.Node("ReduceSum", "ratio.posterior.sum", negativePosterior, graph.Indices("ratio.axes", 1));
        return (z, graph.Node("Add", "ratio", LogSumExp(graph, "ratio.prior", joint), sum));
    }

    private string LogWeights(GraphBuilder graph) => graph.Constant("prior.log_weights", Prior.LogWeights, Prior.Components);

    private string LogSigmas(GraphBuilder graph) => graph.Constant("prior.log_sigmas", Prior.LogSigmas, Prior.Components, Length);

    /// <summary>(value − μ_c) / σ_c, <c>[N, 1, L]</c> → <c>[N, K, L]</c>.</summary>
    private string InUnitsOfEach(GraphBuilder graph, string name, string value)
    {
        var means = graph.Constant("prior.means", Prior.Means, Prior.Components, Length);
        var sigmas = graph.Node("Exp", $"{name}.prior_sigmas", LogSigmas(graph));
        return graph.Node("Div", $"{name}.in_units", graph.Node("Sub", $"{name}.distance", value, means), sigmas);
    }

    /// <summary><c>[N, L]</c> → <c>[N, 1, L]</c>.</summary>
    private static string PerComponent(GraphBuilder graph, string value)
        => graph.Node("Unsqueeze", $"{value}.per_component", value, graph.Indices("component.axis", 1));

    /// <summary><c>[N, K, L]</c> → <c>[N, K]</c>.</summary>
    private static string Sum(GraphBuilder graph, string name, string perDimension)
        => graph.Node("ReduceSum", name, [perDimension, graph.Indices("component.dimensions", 2)], Attribute("keepdims", 0));

    private static string HalfSquare(GraphBuilder graph, string name, string value)
        => graph.Node("Mul", $"{name}.half", graph.Node("Mul", name, value, value), graph.Constant("kl.half", 0.5f));

    /// <summary>ln Σ exp x through the largest term, so that nothing overflows: <c>[N, K]</c> → <c>[N, 1]</c>.</summary>
    private static string LogSumExp(GraphBuilder graph, string name, string x)
    {
        var largest = graph.Node("ReduceMax", $"{name}.largest", [x], Attribute("axes", [1L]));
        var terms = graph.Node("Exp", $"{name}.terms", graph.Node("Sub", $"{name}.shifted", x, largest));
        var sum = graph.Node("ReduceSum", $"{name}.sum", terms, graph.Indices("component.axis", 1));
        return graph.Node("Add", $"{name}.log_sum", graph.Node("Log", $"{name}.log", sum), largest);
    }
}
