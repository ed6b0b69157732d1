namespace MLNet.Vae.Onnx;

/// <summary>Formulas that several parts of a model write.</summary>
internal static class GraphFormulas
{
    /// <summary>The least probability that a draw in single precision can tell from 0, 2⁻²⁴.</summary>
    public const float LeastProbability = 1f / (1 << 24);

    /// <summary>−ln 2⁻²⁴ = 16.6 nats: the cost of what a likelihood has no probability of its own for.</summary>
    public static readonly float LeastProbabilityNats = -MathF.Log(LeastProbability);

    /// <summary>−ln p(x | z) where x is possible, else ∞.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="isPossible">Whether p(x | z) is above 0; broadcasts against <paramref name="density"/>.</param>
    /// <param name="density">−ln p(x | z).</param>
    public static string OnSupport(this GraphBuilder graph, string isPossible, string density)
        => graph.Node("Where", "negative_log_density", isPossible, density, graph.Constant("impossible", float.PositiveInfinity));

    /// <summary>x, with a number in place of NaN.</summary>
    public static string NaNTo(this GraphBuilder graph, string y, string x, float number)
        => graph.Node("Where", y, graph.Node("IsNaN", $"{y}.is_nan", x), graph.Constant($"{y}.number", number), x);

    /// <summary>0 of a row of finite values, NaN of others, <c>[N, width]</c> → <c>[N, 1]</c>: added, it makes them unknown.</summary>
    public static string ToUnknown(this GraphBuilder graph, string name, string rows)
    {
        var nothing = graph.Node("Mul", $"{name}.nothing", rows, graph.Constant("unknown.zero", 0));
        return graph.Node("ReduceSum", $"{name}.unknown", nothing, graph.Indices("score.axes", 1));
    }

    /// <summary>Bounds x from below and above.</summary>
    public static string Clamp(this GraphBuilder graph, string y, string x, (float Minimum, float Maximum) range)
        => graph.Node("Clip", y, x, graph.Constant($"{y}.minimum", range.Minimum), graph.Constant($"{y}.maximum", range.Maximum));

    /// <summary>Φ(x) = ½ · (1 + erf(x / √2)), the standard normal distribution function.</summary>
    public static string NormalDistribution(this GraphBuilder graph, string y, string x)
    {
        var scaled = graph.Node("Div", $"{y}.scaled", x, graph.Constant("normal.sqrt2", MathF.Sqrt(2)));
        var twice = graph.Node("Add", $"{y}.twice", graph.Node("Erf", $"{y}.erf", scaled), graph.Constant("normal.one", 1));
        return graph.Node("Mul", y, twice, graph.Constant("normal.half", 0.5f));
    }

    /// <summary>Φ(x) of a standard normal x, kept off 0 and 1, which it rounds to in float32 and where logarithms end.</summary>
    public static string Uniform(this GraphBuilder graph, string y, string x)
    {
        return graph.Clamp(y, graph.NormalDistribution($"{y}.unbounded", x), (LeastProbability, 1 - LeastProbability));
    }

    /// <summary><c>[N, width]</c> → <c>[S·N, width]</c>: all rows, S times over.</summary>
    public static string PerSample(this GraphBuilder graph, string rows)
        => graph.Node("Tile", $"{rows}.per_sample", rows, graph.Repeats);
}
