using MLNet.Vae.Onnx;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Graphs;

/// <summary>
/// <see cref="VaeScoreKind.NeighborDistance"/> as nodes. What a feature has in a distance is its share of the square.
/// </summary>
internal static class NeighborScore
{
    /// <summary>Rows of a group, and groups, where features are few enough for so many.</summary>
    public const int GroupSize = 16, MostGroups = 64;

    private const string Prefix = "neighbor/";

    // Of a graph: distances, differences and squares at a time.
    private const int TensorsAtOnce = 3;

    /// <summary>Values that are in memory for a row of so many features.</summary>
    public static long MostValues(int features) => (long)TensorsAtOnce * MostGroups * Math.Max(GroupSize, features);

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
        var apart = graph.Node("Add", "apart", distances.Terms(), excess.Terms);
        if (reference.Anomalies.Length > 0)
        {
            var anomaly = distances.NearestAnomaly(reference);
            possible = graph.Node("Sub", "possible.unlike", possible, anomaly.Length);
            apart = graph.Node("Sub", "apart.unlike", apart, anomaly.Terms);
        }
        var score = graph.Node("Add", "score", possible, graph.Node("ReduceSum", "impossible.any", impossible, Columns(graph)));

        var rest = graph.Node("Sub", "rest", possible, graph.Node("ReduceSum", "apart.sum", apart, Columns(graph)));
        // What rounding leaves.
        var share = graph.Node("Div", "rest.share", rest, graph.Constant("features", reference.Spread.Length));
        var terms = graph.Node("Add", "terms", graph.Node("Add", "together", apart, share), impossible);
        return (score, terms);
    }

    private static string Columns(GraphBuilder graph) => graph.Indices("columns", 1);

    /// <summary>|x − x̂| beyond its limit, in its units: length <c>[N, 1]</c>, and what each feature has in it, <c>[N, D]</c>.</summary>
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
        private readonly string _row, _squares, _least, _nearest, _ofGroup, _ofAll, _groupWeight, _nearestWeight;

        public Distances(GraphBuilder graph, ReferenceRows reference, string x)
        {
            _graph = graph;
            var (groups, features) = (reference.Groups.Length, reference.Spread.Length);
            var a = reference.Spread.All(spread => spread == 1)
                ? x
                : graph.Node("Div", "scaled", x, graph.Constant("spread", reference.Spread, features));
            _row = a;
            // [N, groups, D], [N, groups, 1], [N, 1, 1]
            var row = graph.Node("Unsqueeze", "row", a, graph.Indices("axis.1", 1));
            var apart = graph.Node("Sub", "apart.nearest", row, Nearest(a, reference));
            _squares = graph.Node("Mul", "apart.squares", apart, apart);
            _least = graph.Node("ReduceSum", "least", _squares, graph.Indices("axis.2", 2));
            _nearest = graph.Node("ReduceMin", "nearest", [_least], Attribute("axes", [1L]));
            (_ofGroup, _ofAll) = (graph.Node("Sqrt", "least.distance", _least), graph.Node("Sqrt", "nearest.distance", _nearest));
            _groupWeight = graph.Constant("group.weight", reference.Weights.Groups / groups);
            _nearestWeight = graph.Constant("nearest.weight", reference.Weights.Nearest);
        }

        /// <summary><c>[N, 1]</c>.</summary>
        public string Score()
        {
            var sum = _graph.Node("ReduceSum", "least.sum", _ofGroup, _graph.Indices("axis.1", 1));
            var groups = _graph.Node("Mul", "least.weighted", sum, _groupWeight);
            var both = _graph.Node("Add", "both", groups, _graph.Node("Mul", "nearest.weighted", _ofAll, _nearestWeight));
            return _graph.Node("Reshape", "distances", both, _graph.Indices("one.shape", -1, 1));
        }

        /// <summary>Σ w (a − c)² over the rows c that are nearest, w what a distance counts, divided by it, <c>[N, D]</c>.</summary>
        public string Terms()
        {
            var isNearest = _graph.ToSingle("is_nearest", _graph.Node("Equal", "is_nearest.or_not", _least, _nearest));
            var count = _graph.Node("ReduceSum", "is_nearest.count", isNearest, _graph.Indices("axis.1", 1));
            var ofAll = _graph.Node("Div", "nearest.share", Inverse(_graph, "nearest.per_square", _ofAll, _nearestWeight), count);
            var weight = _graph.Node(
                "Add", "per_square", Inverse(_graph, "group.per_square", _ofGroup, _groupWeight),
                _graph.Node("Mul", "is_nearest.weight", isNearest, ofAll));
            var weighted = _graph.Node("Mul", "terms.groups", _squares, weight);
            return _graph.Node("ReduceSum", "terms.distances", [weighted, _graph.Indices("axis.1", 1)], Attribute("keepdims", 0));
        }

        /// <summary>
        /// To the nearest known anomaly, times what it counts, <c>[N, 1]</c>, and what each feature has in it, <c>[N, D]</c>.
        /// </summary>
        public (string Length, string Terms) NearestAnomaly(ReferenceRows reference)
        {
            var weight = _graph.Constant("anomaly.weight", reference.Weights.Anomalies);
            var all = Rows("anomalies", reference.Anomalies);
            var number = _graph.Node(
                "ArgMin", "anomaly.number", [LessSquare("anomaly.likeness", _row, all, reference.Anomalies)],
                Attribute("axis", 1), Attribute("keepdims", 1));
            var nearest = _graph.Node(
                "Reshape", "anomaly.nearest", _graph.Node("Gather", "anomaly.row", all, number),
                _graph.Indices("anomaly.shape", -1, reference.Spread.Length));
            var apart = _graph.Node("Sub", "anomaly.apart", _row, nearest);
            var squares = _graph.Node("Mul", "anomaly.squares", apart, apart);
            var length = _graph.Node("Sqrt", "anomaly.distance", _graph.Node("ReduceSum", "anomaly.square", squares, Columns(_graph)));
            return (_graph.Node("Mul", "anomaly.weighted", length, weight),
                _graph.Node("Mul", "anomaly.terms", squares, Inverse(_graph, "anomaly.per_square", length, weight)));
        }

        /// <summary>
        /// The nearest row of each group, <c>[N, groups, D]</c>: that with the least |c|² − 2 a·c. How far away it is is computed of the
        /// row itself, as the difference of squares loses a small distance in rounding.
        /// </summary>
        private string Nearest(string a, ReferenceRows reference)
        {
            var (groups, size) = (reference.Groups.Length, reference.GroupSize);
            float[][] rows = [.. reference.Groups.SelectMany(group => group)];
            var all = Rows("rows", rows);
            var distance = LessSquare("distance", a, all, rows);
            var grouped = _graph.Node("Reshape", "grouped", distance, _graph.Indices("grouped.shape", -1, groups, size));
            var numbers = _graph.Node("ArgMin", "least.number", [grouped], Attribute("axis", 2), Attribute("keepdims", 0));
            var first = _graph.Indices("group.first", [.. Enumerable.Range(0, groups).Select(group => (long)group * size)]);
            return _graph.Node("Gather", "least.row", all, _graph.Node("Add", "least.of_all", numbers, first));
        }

        private string Rows(string name, float[][] rows)
            => _graph.Constant(name, [.. rows.SelectMany(row => row)], rows.Length, rows[0].Length);

        /// <summary>|c|² − 2 a·c, <c>[N, rows]</c>.</summary>
        private string LessSquare(string name, string a, string all, float[][] rows)
        {
            var squares = _graph.Constant(
                $"{name}.squares", [.. rows.Select(row => (float)row.Sum(value => (double)value * value))], rows.Length);
            return _graph.Node("Gemm", name, [a, all, squares], Attribute("alpha", -2f), Attribute("transB", 1));
        }
    }
}
