using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary><see cref="FeatureScaling"/> as nodes, <c>[N, D]</c> → <c>[N, D]</c>.</summary>
internal static class ScalingGraph
{
    /// <summary>(values − offset) / scale within the limit, of ln(1 + values) where the scaling says so.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="name">Of what comes out.</param>
    /// <param name="values">In the user's units.</param>
    /// <param name="scaling">What is done.</param>
    /// <param name="constants">Begins the names of the scaling's numbers.</param>
    public static string Scale(this GraphBuilder graph, string name, string values, FeatureScaling scaling, string constants)
    {
        if (scaling.IsIdentity)
            return graph.Node("Identity", name, values);
        var offset = graph.Constant($"{constants}.offset", scaling.Offset, scaling.FeatureCount);
        var scale = graph.Constant($"{constants}.scale", scaling.Scale, scaling.FeatureCount);
        var transformed = scaling.HasLogarithms ? Logarithms(graph, values, scaling, constants) : values;
        var centred = graph.Node("Sub", $"{constants}.centred", transformed, offset);
        return scaling.Limit is { } limit
            ? Limited(graph, name, graph.Node("Div", $"{constants}.scaled", centred, scale), limit, constants)
            : graph.Node("Div", name, centred, scale);
    }

    /// <summary>values · scale + offset; of a constant feature, its offset.</summary>
    public static void Unscale(this GraphBuilder graph, string name, FeatureScaling scaling, string values)
    {
        if (scaling.IsIdentity)
        {
            graph.Node("Identity", name, values);
            return;
        }
        var offset = graph.Constant("reconstruction.offset", scaling.Offset, scaling.FeatureCount);
        float[] factor = [.. scaling.Scale.Select((scale, j) => scaling.IsConstant?[j] ?? false ? 0 : scale)];
        var scale = graph.Constant("reconstruction.scale", factor, scaling.FeatureCount);
        graph.Node("Add", name, graph.Node("Mul", $"{name}.centred", values, scale), offset);
    }

    /// <summary>What lies beyond the limit of its feature counts as the limit; NaN stays NaN, which not every Clip keeps.</summary>
    private static string Limited(GraphBuilder graph, string name, string scaled, float[] limit, string constants)
    {
        var upper = graph.Constant($"{constants}.upper", limit, limit.Length);
        var lower = graph.Constant($"{constants}.lower", Array.ConvertAll(limit, l => -l), limit.Length);
        var isAbove = graph.Node("Greater", $"{constants}.is_above", scaled, upper);
        var bounded = graph.Node("Where", $"{constants}.bounded_above", isAbove, upper, scaled);
        return graph.Node("Where", name, graph.Node("Less", $"{constants}.is_below", bounded, lower), lower, bounded);
    }

    /// <summary>
    /// The features that a logarithm is taken of have 1 in the mask; the logarithms of the others are not looked at. What no count can
    /// be, below 0, is read as 0, so that the likelihood can say what it is worth; NaN stays NaN.
    /// </summary>
    private static string Logarithms(GraphBuilder graph, string values, FeatureScaling scaling, string constants)
    {
        var zero = graph.Constant($"{constants}.zero", 0);
        var counts = graph.Node("Where", $"{constants}.counts", graph.Node("Less", $"{constants}.is_negative", values, zero), zero, values);
        var next = graph.Node("Add", $"{constants}.plus_one", counts, graph.Constant($"{constants}.one", 1));
        var logarithms = graph.Node("Log", $"{constants}.log1p", next);
        var mask = graph.Constant($"{constants}.mask", [.. scaling.TakesLogarithm!.Select(takes => takes ? 1f : 0f)], scaling.FeatureCount);
        var takes = graph.Node("Greater", $"{constants}.takes_log1p", mask, zero);
        return graph.Node("Where", $"{constants}.transformed", takes, logarithms, values);
    }
}
