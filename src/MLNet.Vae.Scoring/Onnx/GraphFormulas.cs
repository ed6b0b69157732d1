namespace MLNet.Vae.Onnx;

/// <summary>Formulas that several parts of a model write.</summary>
internal static class GraphFormulas
{
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
        const float Step = 1f / (1 << 24);
        return graph.Clamp(y, graph.NormalDistribution($"{y}.unbounded", x), (Step, 1 - Step));
    }

    /// <summary><c>[N, width]</c> → <c>[S·N, width]</c>: all rows, S times over.</summary>
    public static string PerSample(this GraphBuilder graph, string rows)
        => graph.Node("Tile", $"{rows}.per_sample", rows, TensorNames.Repeats);
}
