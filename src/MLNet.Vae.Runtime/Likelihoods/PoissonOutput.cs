using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>Poisson(e^η), η the decoder's output.</summary>
internal sealed record PoissonOutput : OutputDistribution
{
    public override string Mean(GraphBuilder graph, int features, string output) => graph.CountMean(output);

    /// <summary>A count by <see cref="CountFormulas.PoissonCount"/>.</summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
        => graph.PoissonCount(graph.LogMean("rate.log", output), noise);

    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
        => NegativeLogDensity(graph, features, x, output);

    /// <summary>e^η − x η + ln Γ(x + 1), in double precision: of large counts the terms cancel.</summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var logMean = graph.LogMean("log_mean", output);
        var count = graph.ToDouble("x.double", x);
        var agreement = graph.Node("Mul", "x.times_log_mean", count, logMean);
        var linear = graph.Node("Sub", "mean.above_agreement", graph.Node("Exp", "density.mean", logMean), agreement);
        var logFactorial = graph.LogGamma("x.log_factorial", graph.Node("Add", "x.plus_one", count, graph.Double("double.1", 1)));
        return graph.OfCounts(x, graph.Node("Add", "negative_log_density.double", linear, logFactorial));
    }
}
