using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>N(x̂, diag σ²), x̂ the decoder's output, or what <see cref="Mean"/> makes of it, and σ the same for every row.</summary>
internal abstract record ConstantSigmaOutput : OutputDistribution
{
    /// <summary>ln σ, of shape <c>[]</c> where it is the same for every feature, else <c>[features]</c>.</summary>
    protected abstract (float[] Values, long[] Shape) LogSigmas { get; }

    public override string Mean(GraphBuilder graph, int features, string output) => output;

    /// <summary>x̂ + σ·noise.</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
        => graph.Node("Add", "shifted", Mean(graph, features, output), graph.Node("Mul", "shift", noise, Sigma(graph)));

    /// <summary>(x − x̂)².</summary>
    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
    {
        var error = graph.Node("Sub", "error", x, Mean(graph.Within("error/"), features, output));
        return graph.Node("Mul", "squared_error", error, error);
    }

    /// <summary>½ ((x − x̂) / σ)² + ln σ + ½ ln 2π.</summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var sigma = Sigma(graph);
        var halfSquare = graph.Constant("half", 0.5f);
        var (logSigmas, shape) = LogSigmas;
        var normaliser = graph.Constant("log_normaliser", [.. logSigmas.Select(s => (float)(s + (0.5 * Math.Log(Math.Tau))))], shape);

        var error = graph.Node("Sub", "error", x, Mean(graph.Within("error/"), features, output));
        var standardised = graph.Node("Div", "standardised_error", error, sigma);
        var square = graph.Node("Mul", "squared_error", standardised, standardised);
        return graph.Node("Add", "negative_log_density", graph.Node("Mul", "half_squared_error", square, halfSquare), normaliser);
    }

    private string Sigma(GraphBuilder graph)
    {
        var (logSigmas, shape) = LogSigmas;
        return graph.Constant("sigma", [.. logSigmas.Select(s => (float)Math.Exp(s))], shape);
    }
}
