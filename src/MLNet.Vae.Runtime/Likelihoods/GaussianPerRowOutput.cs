using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, diag σ²), both from the decoder's output: x̂ of all features, then what becomes their ln σ.</summary>
/// <param name="MinimumLogSigma">ln σ = this + softplus(output − this).</param>
internal sealed record GaussianPerRowOutput(float MinimumLogSigma) : OutputDistribution
{
    public override int ParametersOf(int features) => 2 * features;

    public override string Mean(GraphBuilder graph, int features, string output) => Halves(graph, features, output)[0];

    /// <summary>x̂ + σ·noise.</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        var halves = Halves(graph, features, output);
        var sigma = graph.Node("Exp", "sigma_of_row", LogSigma(graph, halves[1]));
        return graph.Node("Add", "shifted", halves[0], graph.Node("Mul", "shift", noise, sigma));
    }

    /// <summary>(x − x̂)².</summary>
    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
    {
        var error = graph.Node("Sub", "error", x, Mean(graph, features, output));
        return graph.Node("Mul", "squared_error", error, error);
    }

    /// <summary>½ (x − x̂)² e^(−2 ln σ) + ln σ + ½ ln 2π.</summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var logSigma = LogSigma(graph, Halves(graph, features, output)[1]);
        var precision = graph.Node("Exp", "precision", graph.Node("Mul", "log_precision", logSigma, graph.Constant("minus_two", -2)));
        var scaled = graph.Node("Mul", "scaled_squared_error", ReconstructionError(graph, features, x, output), precision);
        var half = graph.Node("Mul", "half_squared_error", scaled, graph.Constant("half", 0.5f));
        var normaliser = graph.Node(
            "Add",
            "log_normaliser",
            logSigma,
            graph.Constant("half_log_two_pi", (float)(0.5 * Math.Log(Math.Tau)))
        );
        return graph.Node("Add", "negative_log_density", half, normaliser);
    }

    /// <summary>minimum + softplus(output − minimum).</summary>
    private string LogSigma(GraphBuilder graph, string output)
    {
        var minimum = graph.Constant("minimum_log_sigma", MinimumLogSigma);
        var excess = graph.Node("Softplus", "log_sigma_excess", graph.Node("Sub", "output.above_minimum", output, minimum));
        return graph.Node("Add", "output.log_sigma", excess, minimum);
    }

    private static string[] Halves(GraphBuilder graph, int features, string output)
        => graph.Split("output.mean_and_log_sigma", output, features, features);
}
