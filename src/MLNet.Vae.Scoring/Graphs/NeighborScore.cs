using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Graphs;

/// <summary>
/// <see cref="VaeScoreKind.NeighborDistance"/> as nodes. Squared distances are |a|² + |c|² − 2 a·c, one product of matrices for all rows;
/// what a feature has in a distance is its share of the square.
/// </summary>
internal static class NeighborScore
{
    private const string Prefix = "neighbor/";

    /// <summary>Score <c>[N, 1]</c>, and the terms of the features, <c>[N, D]</c>, which sum to it but for rounding.</summary>
    /// <param name="graph">Takes the nodes.</param>
    /// <param name="reference">What is compared with.</param>
    /// <param name="x">In the units of the likelihood, <c>[N, D]</c>.</param>
    /// <param name="mean">E[x | z], as <paramref name="x"/>.</param>
    /// <param name="density">−ln p(x | z) of each feature: where it is ∞, so is the score.</param>
    public static (string Score, string Terms) Write(GraphBuilder graph, ReferenceRows reference, string x, string mean, string density)
    {
        graph = graph.Scope(Prefix);
        var distances = new Distances(graph, reference, x);
        var excess = Excess(graph, reference, x, mean);
        var impossible = graph.Node(
            "Where", "impossible", graph.Node("Equal", "is_impossible", density, graph.Constant("infinity", float.PositiveInfinity)),
            graph.Constant("infinity", float.PositiveInfinity), graph.Constant("nothing", 0));

        var possible = graph.Node("Add", "possible", distances.Score(), graph.Node("Mul", "excess.weighted", excess.Length, excess.Weight));
        var score = graph.Node("Add", "score", possible, graph.Node("ReduceSum", "impossible.any", impossible, Columns(graph)));

        var apart = graph.Node("Add", "apart", distances.Terms(), excess.Terms);
        var rest = graph.Node("Sub", "rest", possible, graph.Node("ReduceSum", "apart.sum", apart, Columns(graph)));
        // What rounding leaves.
        var share = graph.Node("Div", "rest.share", rest, graph.Constant("features", reference.Spread.Length));
        var terms = graph.Node("Add", "terms", graph.Node("Add", "together", apart, share), impossible);
        return (score, terms);
    }

    private static string Columns(GraphBuilder graph) => graph.Indices("columns", 1);

    /// <summary>|x − x̂| beyond its limit, in its units: its length <c>[N, 1]</c>, and what each feature has in it, <c>[N, D]</c>.</summary>
    private static (string Length, string Weight, string Terms) Excess(GraphBuilder graph, ReferenceRows reference, string x, string mean)
    {
        var features = reference.Spread.Length;
        var residual = graph.Node("Abs", "residual", graph.Node("Sub", "residual.signed", x, mean));
        var scale = graph.Constant("residual.scale", reference.ResidualScale, features);
        var limit = graph.Constant("residual.limit", reference.ResidualLimit, features);
        var beyond = graph.Node("Sub", "residual.beyond", graph.Node("Div", "residual.scaled", residual, scale), limit);
        var excess = graph.Node("Max", "excess", beyond, graph.Constant("nothing", 0));
        var square = graph.Node("Mul", "excess.square", excess, excess);
        var sum = graph.Node("ReduceSum", "excess.square.sum", square, Columns(graph));
        var length = graph.Node("Sqrt", "excess.length", sum);
        var weight = graph.Constant("excess.weight", reference.Weights.Excess);
        var terms = graph.Node("Mul", "excess.terms", square, Inverse(graph, "excess.per_square", length, weight));
        return (length, weight, terms);
    }

    /// <summary>weight / length, 0 where that is 0.</summary>
    private static string Inverse(GraphBuilder graph, string name, string length, string weight)
    {
        var isThere = graph.Node("Greater", $"{name}.is_there", length, graph.Constant("nothing", 0));
        return graph.Node("Where", name, isThere, graph.Node("Div", $"{name}.any", weight, length), graph.Constant("nothing", 0));
    }

    /// <summary>To the nearest row of each group and of all.</summary>
    private sealed class Distances
    {
        private readonly GraphBuilder _graph;
        private readonly ReferenceRows _reference;
        private readonly string _a, _square, _rows, _grouped, _least, _nearest, _ofGroup, _ofAll, _groupWeight, _nearestWeight;

        public Distances(GraphBuilder graph, ReferenceRows reference, string x)
        {
            (_graph, _reference) = (graph, reference);
            var (groups, size, features) = (reference.Groups.Length, reference.GroupSize, reference.Spread.Length);
            var rows = reference.Groups.SelectMany(group => group).ToArray();

            _a = reference.Spread.All(spread => spread == 1)
                ? x
                : graph.Node("Div", "scaled", x, graph.Constant("spread", reference.Spread, features));
            _rows = graph.Constant("rows", [.. rows.SelectMany(row => row)], rows.Length, features);
            var squares = graph.Constant(
                "rows.squares", [.. rows.Select(row => (float)row.Sum(value => (double)value * value))], rows.Length);
            _square = graph.Node("Mul", "square", _a, _a);

            // |c|² − 2 a·c, to which |a|² is added.
            var product = graph.Node("Gemm", "product", [_a, _rows, squares], Attribute("alpha", -2f), Attribute("transB", 1));
            var distance = graph.Node("Add", "distance.rounded", product, graph.Node("ReduceSum", "square.sum", _square, Columns(graph)));
            var squared = graph.Node("Max", "distance", distance, graph.Constant("nothing", 0));
            // [N, groups, rows of a group], [N, groups, 1], [N, 1, 1]
            _grouped = graph.Node("Reshape", "grouped", squared, graph.Indices("grouped.shape", -1, groups, size));
            _least = graph.Node("ReduceMin", "least", [_grouped], Attribute("axes", [2L]));
            _nearest = graph.Node("ReduceMin", "nearest", [_least], Attribute("axes", [1L]));
            (_ofGroup, _ofAll) = (graph.Node("Sqrt", "least.distance", _least), graph.Node("Sqrt", "nearest.distance", _nearest));
            _groupWeight = graph.Constant("group.weight", reference.Weights.Groups / groups);
            _nearestWeight = graph.Constant("nearest.weight", reference.Weights.Nearest);
        }

        /// <summary><c>[N, 1]</c>.</summary>
        public string Score()
        {
            var sum = _graph.Node("ReduceSum", "least.sum", _ofGroup, Columns(_graph));
            var groups = _graph.Node("Mul", "least.weighted", sum, _groupWeight);
            var both = _graph.Node("Add", "both", groups, _graph.Node("Mul", "nearest.weighted", _ofAll, _nearestWeight));
            return _graph.Node("Reshape", "distances", both, _graph.Indices("one.shape", -1, 1));
        }

        /// <summary>
        /// Σ w (a − c)² over the rows c that are nearest, w what their distances count divided by these, as a² Σ w − 2 a Σ w c + Σ w c²,
        /// <c>[N, D]</c>.
        /// </summary>
        public string Terms()
        {
            var ofGroups = Chosen("group.chosen", _least, 2, Inverse(_graph, "group.per_square", _ofGroup, _groupWeight));
            var ofAll = Chosen("nearest.chosen", _nearest, 1, Inverse(_graph, "nearest.per_square", _ofAll, _nearestWeight), 2);
            var chosen = _graph.Node("Add", "chosen.grouped", ofGroups, ofAll);
            var weights = _graph.Node("Reshape", "chosen", chosen, _graph.Indices("chosen.shape", -1, _reference.Count));

            var squares = _graph.Node("MatMul", "chosen.squares", weights, _graph.Node("Mul", "rows.squared", _rows, _rows));
            var product = _graph.Node("Mul", "chosen.product", _a, _graph.Node("MatMul", "chosen.rows", weights, _rows));
            var twice = _graph.Node("Mul", "chosen.twice", product, _graph.Constant("minus_two", -2));
            var sum = _graph.Node("ReduceSum", "chosen.sum", weights, Columns(_graph));
            var own = _graph.Node("Mul", "chosen.own", _square, sum);
            var terms = _graph.Node("Add", "chosen.rounded", _graph.Node("Add", "chosen.apart", own, twice), squares);
            return _graph.Node("Max", "chosen.terms", terms, _graph.Constant("nothing", 0));
        }

        /// <summary>The weight of each row, <c>[N, groups, rows of a group]</c>: that of the nearest, shared where several are.</summary>
        private string Chosen(string name, string least, int axis, string weight, params int[] furtherAxes)
        {
            var isChosen = _graph.ToSingle(name, _graph.Node("Equal", $"{name}.is", _grouped, least));
            var count = isChosen;
            foreach (var over in (int[])[.. furtherAxes, axis])
                count = _graph.Node("ReduceSum", $"{name}.count.{over}", count, _graph.Indices($"axis.{over}", over));
            return _graph.Node("Mul", $"{name}.weight", isChosen, _graph.Node("Div", $"{name}.share", weight, count));
        }
    }
}
