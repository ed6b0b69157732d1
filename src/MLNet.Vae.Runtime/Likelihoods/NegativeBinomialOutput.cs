using MathNet.Numerics;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Likelihoods;

/// <summary>Negative binomial of mean μ = e^η, η the decoder's output, and variance μ + μ²/r.</summary>
/// <param name="LogDispersion">ln r: one for all features, or one of each.</param>
internal sealed record NegativeBinomialOutput(double[] LogDispersion) : OutputDistribution
{
    // Uniform numbers that bring a gamma's shape from r + this to r.
    private const int ShapeShift = 4;

    /// <summary>A gamma's normal, its uniform ones, and the count's: the first of all features, then the second, and so on.</summary>
    public override int NoiseOf(int features) => (ShapeShift + 2) * features;

    public override string Mean(GraphBuilder graph, int features, string output) => graph.CountMean(output);

    /// <summary>
    /// Poisson(μ/r · G), G ~ Gamma(r) = Gamma(r + 4) ∏ uᵢ^(1/(r + i)), i = 0 to 3: Gamma(a) is Gamma(a + 1) u^(1/a), four times over.
    /// Gamma(a) ≈ a (1 − 1/9a + z/(3√a))³ (Wilson and Hilferty 1931), whose mean is a (1 − (1/9a)³): for a of at least 4 it is off by
    /// 2e-5 of itself, and the variance by 3e-4.
    /// </summary>
    public override string Draw(GraphBuilder graph, int features, string output, string noise)
    {
        double[] shape = [.. Dispersion.Select(r => r + ShapeShift)];
        var normals = graph.Split("normals_of_rate_and_count", noise, [.. Enumerable.Repeat(features, ShapeShift + 2)]);
        var slope = graph.Double("gamma.slope", [.. shape.Select(a => 1 / (3 * Math.Sqrt(a)))]);
        var intercept = graph.Double("gamma.intercept", [.. shape.Select(a => 1 - 1 / (9 * a))]);
        var spread = graph.Node("Mul", "gamma.spread", graph.ToDouble("gamma.normal", normals[0]), slope);
        var root = graph.Node("Add", "gamma.root", spread, intercept);
        var positive = graph.Node("Max", "gamma.root.positive", root, graph.Double("gamma.root.least", 1e-6));
        var cube = graph.Node("Mul", "gamma.log", graph.Node("Log", "gamma.root.log", positive), graph.Double("double.3", 3));
        var scale = graph.Double("gamma.scale.log", [.. shape.Zip(LogDispersion, (a, logR) => Math.Log(a) - logR)]);
        var logRate = graph.Node("Sum", "gamma.rate", [graph.LogMean("rate.log", output), cube, scale]);
        for (var i = 0; i < ShapeShift; i++)
        {
            var uniform = graph.ToDouble($"gamma.uniform.{i}.double", graph.Uniform($"gamma.uniform.{i}", normals[i + 1]));
            var exponent = graph.Double($"gamma.exponent.{i}", [.. Dispersion.Select(r => 1 / (r + i))]);
            var power = graph.Node("Mul", $"gamma.power.{i}", graph.Node("Log", $"gamma.uniform.{i}.log", uniform), exponent);
            logRate = graph.Node("Add", $"gamma.rate.{i}", logRate, power);
        }
        return graph.PoissonCount(logRate, normals[^1]);
    }

    public override string ReconstructionError(GraphBuilder graph, int features, string x, string output)
        => NegativeLogDensity(graph, features, x, output);

    /// <summary>
    /// ln Γ(r) − ln Γ(x + r) + ln Γ(x + 1) − r ln r − x η + (x + r) ln(μ + r), in double precision: of large r the terms cancel.
    /// </summary>
    public override string NegativeLogDensity(GraphBuilder graph, int features, string x, string output)
    {
        var logMean = graph.LogMean("log_mean", output);
        var count = graph.ToDouble("x.double", x);
        var dispersion = graph.Double("dispersion", Dispersion);
        var total = graph.Node("Add", "x.plus_dispersion", count, dispersion);
        var sum = graph.Node("Add", "mean_plus_dispersion", graph.Node("Exp", "density.mean", logMean), dispersion);
        var logSum = graph.Node("Log", "mean_plus_dispersion.log", sum);
        var logFactorial = graph.LogGamma("x.log_factorial", graph.Node("Add", "x.plus_one", count, graph.Double("double.1", 1)));
        double[] normalisers = [.. Dispersion.Zip(LogDispersion, (r, logR) => SpecialFunctions.GammaLn(r) - r * logR)];
        var normaliser = graph.Double("log_normaliser", normalisers);
        var gain = graph.Node("Add", "gain", graph.LogGamma("x.log_gamma", total), graph.Node("Mul", "x.times_log_mean", count, logMean));
        var cost = graph.Node("Sum", "cost", [graph.Node("Mul", "total.times_log_sum", total, logSum), logFactorial, normaliser]);
        return graph.OfCounts(x, graph.Node("Sub", "negative_log_density.double", cost, gain));
    }

    private double[] Dispersion => [.. LogDispersion.Select(Math.Exp)];
}
