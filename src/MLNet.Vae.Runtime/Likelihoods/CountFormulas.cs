using MathNet.Numerics;
using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Likelihoods;

/// <summary>What likelihoods of counts write.</summary>
internal static class CountFormulas
{
    /// <summary>Bounds of the decoder's ln mean: means from 1.1e-7 to 8.9 million, what single precision can tell of counts.</summary>
    public static readonly (float Minimum, float Maximum) LogMeanRange = (-16, 16);

    /// <summary>Draws of a larger rate are a normal's, corrected; of smaller ones they come from the distribution function.</summary>
    private const double LargestInverted = 16;

    // P(x > 56 | λ = 16) < 1e-14: a uniform of single precision never reaches it.
    private const int LargestCount = 56;

    private const int Shift = 8;

    /// <summary>ln E[x | z], bounded, float64.</summary>
    public static string LogMean(this GraphBuilder graph, string y, string output)
        => graph.ToDouble($"{y}.double", graph.Clamp(y, output, LogMeanRange));

    /// <summary>E[x | z].</summary>
    public static string CountMean(this GraphBuilder graph, string output)
        => graph.Node("Exp", "mean_count", graph.Clamp("mean_count.log", output, LogMeanRange));

    /// <summary>−ln p(x | z), float32, from its formula in float64; of x that is no whole number of at least 0 it is ∞.</summary>
    public static string OfCounts(this GraphBuilder graph, string x, string density)
    {
        var isWhole = graph.Node("Equal", "x.is_whole", x, graph.Node("Floor", "x.floor", x));
        var isNotNegative = graph.Node("GreaterOrEqual", "x.is_not_negative", x, graph.Constant("zero", 0));
        var isCount = graph.Node("And", "x.is_count", isWhole, isNotNegative);
        return graph.OnSupport(isCount, graph.ToSingle("negative_log_density.single", density));
    }

    /// <summary>
    /// ln Γ(x) of x above 0, float64, as ln Γ(x + 8) − ln(x (x + 1) … (x + 7)), the first by Stirling's series to w⁻⁷, whose error is below
    /// 1/(1188 w⁹) = 7e-12 for w = x + 8 (Abramowitz and Stegun 1964, 6.1.15 and 6.1.41).
    /// </summary>
    public static string LogGamma(this GraphBuilder graph, string y, string x)
    {
        string Constant(double value) => graph.Double(FormattableString.Invariant($"double.{value:R}"), value);

        // x (x + 7) = a, and the others in pairs: a + 6, a + 10, a + 12.
        var a = graph.Node("Mul", $"{y}.pair", x, graph.Node("Add", $"{y}.last", x, Constant(Shift - 1)));
        var low = graph.Node("Mul", $"{y}.pairs.low", a, graph.Node("Add", $"{y}.pair.6", a, Constant(6)));
        var (third, fourth) = (graph.Node("Add", $"{y}.pair.10", a, Constant(10)), graph.Node("Add", $"{y}.pair.12", a, Constant(12)));
        var high = graph.Node("Mul", $"{y}.pairs.high", third, fourth);
        var shift = graph.Node("Log", $"{y}.shift", graph.Node("Mul", $"{y}.product", low, high));

        var w = graph.Node("Add", $"{y}.shifted", x, Constant(Shift));
        var inverse = graph.Node("Div", $"{y}.inverse", Constant(1), w);
        var square = graph.Node("Mul", $"{y}.inverse.square", inverse, inverse);
        var series = Constant(1.0 / 1680);
        foreach (var (coefficient, i) in new[] { 1.0 / 1260, 1.0 / 360, 1.0 / 12 }.Select((c, i) => (c, i)))
            series = graph.Node("Sub", $"{y}.series.{i}", Constant(coefficient), graph.Node("Mul", $"{y}.series.{i}.next", square, series));
        var exponent = graph.Node("Sub", $"{y}.exponent", w, Constant(0.5));
        var power = graph.Node("Mul", $"{y}.power", exponent, graph.Node("Log", $"{y}.shifted.log", w));
        var minus = graph.Node("Neg", $"{y}.minus", w);
        var correction = graph.Node("Mul", $"{y}.series", inverse, series);
        var stirling = graph.Node("Sum", $"{y}.stirling", [power, minus, Constant(Math.Log(Math.Tau) / 2), correction]);
        return graph.Node("Sub", y, stirling, shift);
    }

    /// <summary>
    /// A Poisson count of each rate from a standard normal number, float32. Up to a rate of 16 it is the least k whose distribution
    /// function reaches Φ(noise); above, Cornish and Fisher's expansion with Sheppard's correction, rounded:
    /// λ + z√λ + (z² − 1)/6 − (z³ + 2z)/(72√λ).
    /// </summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="logRate">ln λ, float64, <c>[N, features]</c>.</param>
    /// <param name="noise"><c>[N, features]</c>.</param>
    public static string PoissonCount(this GraphBuilder graph, string logRate, string noise)
    {
        var rate = graph.Node("Exp", "rate", logRate);
        var isLarge = graph.Node("Greater", "rate.is_large", rate, graph.Double("rate.largest_inverted", LargestInverted));
        return graph.Node("Where", "count", isLarge, Expanded(graph, rate, noise), Inverted(graph, logRate, noise));
    }

    /// <summary>How many k have P(x ≤ k) below the uniform number.</summary>
    private static string Inverted(GraphBuilder graph, string logRate, string noise)
    {
        var third = graph.Indices("count.axis", 2);
        double[] counts = [.. Enumerable.Range(0, LargestCount + 1).Select(k => (double)k)];
        var log = graph.Node("Min", "rate.small.log", logRate, graph.Double("rate.largest_inverted.log", Math.Log(LargestInverted)));
        log = graph.Node("Unsqueeze", "rate.small.log.rows", log, third);
        var power = graph.Node("Mul", "probability.power", log, graph.Double("counts", counts));
        var normalised = graph.Node("Sub", "probability.of_rate", power, graph.Node("Exp", "rate.small", log));
        var factorials = graph.Double("log_factorials", [.. counts.Select(k => SpecialFunctions.FactorialLn((int)k))]);
        var probability = graph.Node("Exp", "probability", graph.Node("Sub", "probability.log", normalised, factorials));
        var distribution = graph.Node("CumSum", "probability.sum", probability, third);
        var uniform = graph.ToDouble("count.uniform.double", graph.Uniform("count.uniform", noise));
        uniform = graph.Node("Unsqueeze", "count.uniform.rows", uniform, third);
        var isBelow = graph.ToSingle("count.below", graph.Node("Less", "count.is_below", distribution, uniform));
        return graph.Node("ReduceSum", "count.inverted", [isBelow, third], Attribute("keepdims", 0));
    }

    private static string Expanded(GraphBuilder graph, string rate, string noise)
    {
        var z = graph.ToDouble("count.normal", noise);
        var square = graph.Node("Mul", "count.normal.square", z, z);
        var root = graph.Node("Sqrt", "rate.root", rate);
        var first = graph.Node("Mul", "count.first", z, root);
        var skew = graph.Node("Sub", "count.skew", square, graph.Double("double.one", 1));
        var second = graph.Node("Div", "count.second", skew, graph.Double("double.six", 6));
        var next = graph.Node("Add", "count.normal.square.plus_2", square, graph.Double("double.two", 2));
        var cubic = graph.Node("Mul", "count.cubic", z, next);
        var scaled = graph.Node("Mul", "rate.root.scaled", root, graph.Double("count.third.scale", -72));
        var third = graph.Node("Div", "count.third", cubic, scaled);
        var half = graph.Double("double.half", 0.5);
        var rounded = graph.Node("Floor", "count.rounded", graph.Node("Sum", "count.expanded", [rate, first, second, third, half]));
        return graph.ToSingle("count.large", graph.Node("Max", "count.not_negative", rounded, graph.Double("double.zero", 0)));
    }
}
