using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Calibration;

/// <summary><see cref="CalibrationScores.PValue"/> as nodes, <c>[N, 1]</c> → <c>[N, 1]</c>.</summary>
internal static class CalibrationGraph
{
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="y">Of what comes out, and begins the names of what is in between.</param>
    /// <param name="score">The score.</param>
    /// <param name="calibration">What it is compared with.</param>
    public static string PValue(this GraphBuilder graph, string y, string score, CalibrationScores calibration)
    {
        var (kept, rows) = (calibration.Scores.Count, Array.ConvertAll(calibration.Weights, weight => (float)weight));
        var scores = graph.Constant($"{y}.scores", [.. calibration.Scores], 1, kept);
        var weights = graph.Constant($"{y}.weights", rows, 1, kept);
        // Of NaN none is no less: the least p-value there is.
        var isNoLess = graph.ToSingle($"{y}.counts", graph.Node("GreaterOrEqual", $"{y}.is_no_less", scores, score));
        var weighted = graph.Node("Mul", $"{y}.weighted", isNoLess, weights);
        var count = graph.Node("ReduceSum", $"{y}.count", [weighted, graph.Indices($"{y}.axis", 1)], Attribute("keepdims", 1));
        var plusOne = graph.Node("Add", $"{y}.count.plus_one", count, graph.Constant($"{y}.one", 1));
        return graph.Node("Div", y, plusOne, graph.Constant($"{y}.rows", calibration.Rows + 1));
    }
}
