using Google.Protobuf;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using static MLNet.Vae.Onnx.GraphBuilder;

namespace MLNet.Vae.Tables;

/// <summary>
/// From the columns of a table, <c>[N, 1]</c> each, vectors <c>[N, size]</c>, to the features <c>[N, D]</c>, as <see cref="FieldMap"/>
/// makes
/// them: text as strings, everything else as float32. Missing are NaN and the empty string.
/// </summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="info">Of the table.</param>
internal sealed class TableGraph(GraphBuilder graph, VaeTableInfo info)
{
    /// <summary>Names of its own tensors begin so.</summary>
    public const string Prefix = "table/";

    private const string NotANumber = "nan";

    private readonly GraphBuilder _scope = graph.Scope(Prefix);

    /// <summary>Why a table has no such form; <see langword="null"/>: it has.</summary>
    public static string? Fault(VaeTableInfo info)
    {
        if (info.Modelled.FirstOrDefault(column => column.Kind == VaeColumnKind.Time) is { } time)
            return $"column '{time.Name}' is a time, which ONNX has no type for";
        return info.Modelled.FirstOrDefault(column => column.Fields[0].Histogram is { } histogram && !FitsSingle(histogram)) is { } fine
            ? $"column '{fine.Name}' has numbers that single precision does not tell apart, or that are beyond it"
            : null;
    }

    /// <summary>Whether the distances between the ends of the bins are the same in single precision, to a hundredth.</summary>
    private static bool FitsSingle(VaeHistogram histogram)
    {
        const double Tolerance = 0.01;
        double[] ends = [.. histogram.Lower.Zip(histogram.Upper).SelectMany(bin => new[] { bin.First, bin.Second }).Distinct()];
        if (!ends.All(end => float.IsFinite((float)end)))
            return false;
        for (var i = 1; i < ends.Length; i++)
        {
            var (exact, rounded) = (ends[i] - ends[i - 1], (double)(float)ends[i] - (float)ends[i - 1]);
            if (!(Math.Abs(rounded - exact) <= Tolerance * exact))
                return false;
        }
        return true;
    }

    /// <param name="features">Name of the tensor of features.</param>
    /// <param name="inputs">Name of the tensor that each modelled column comes in.</param>
    public void Write(string features, IReadOnlyList<string> inputs)
    {
        _scope.Constant(NotANumber, float.NaN);
        var parts = info.Modelled.Zip(inputs, (column, input) => (column.Fields[0].Start, Tensor: Part(column, input)))
            .OrderBy(part => part.Start).Select(part => part.Tensor);
        graph.Node("Concat", features, [.. parts], Attribute("axis", 1));
    }

    /// <summary>Sums of the contributions of features over the columns that they are of, <c>[N, columns]</c>.</summary>
    public void WriteSums(string sums, string contributions)
    {
        var columns = info.Modelled;
        var width = columns.Sum(column => column.FeatureCount);
        var owners = new float[width * columns.Count];
        for (var column = 0; column < columns.Count; column++)
        {
            foreach (var field in columns[column].Fields)
            {
                for (var i = 0; i < field.Count; i++)
                    owners[((field.Start + i) * columns.Count) + column] = 1;
            }
        }
        graph.Node("MatMul", sums, contributions, _scope.Constant("owners", owners, width, columns.Count));
    }

    private string Part(VaeTableColumn column, string x)
    {
        var (field, own) = (column.Fields[0], _scope.Scope($"{column.Name}/"));
        return field.Kind switch
        {
            VaeColumnKind.Categorical when column.IsText => Texts(own, field, x),
            VaeColumnKind.Categorical => Numbers(own, field, x),
            VaeColumnKind.Histogram => Bins(own, field.Histogram!, x),
            VaeColumnKind.LogNormal => Logarithm(own, field.Histogram!, x),
            VaeColumnKind.Quantile => Score(own, field.Histogram!, x),
            _ => x,
        };
    }

    private static string Texts(GraphBuilder own, VaeTableField field, string x)
    {
        var (categories, missing) = (field.Categories!, -1L);
        var code = own.Node("LabelEncoder", "code", [x]);
        var node = own.Build().Node[^1];
        node.Domain = ModelFile.MachineLearningDomain;
        node.Attribute.Add(new AttributeProto
        {
            Name = "keys_strings",
            Type = AttributeProto.Types.AttributeType.Strings,
            Strings = { categories.Append("").Select(ByteString.CopyFromUtf8) },
        });
        node.Attribute.Add(Attribute("values_int64s", [.. Enumerable.Range(0, categories.Count).Select(i => (long)i), missing]));
        node.Attribute.Add(Attribute("default_int64", (long)categories.Count));
        var number = own.ToSingle("number", code);
        float[] places = [.. Enumerable.Range(0, field.Count).Select(i => (float)i)];
        var hot = own.ToSingle("hot", own.Node("Equal", "is_it", number, own.Constant("places", places, 1, field.Count)));
        return Known(own, hot, own.Node("Less", "is_missing", number, own.Constant("zero", 0)));
    }

    private static string Numbers(GraphBuilder own, VaeTableField field, string x)
    {
        float[] values = [.. field.Categories!.Select(text => float.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        var hot = own.ToSingle("hot", own.Node("Equal", "is_it", x, own.Constant("values", values, 1, values.Length)));
        var seen = own.Node("ReduceSum", "seen", hot, own.Indices("axes", 1));
        var other = own.Node("Sub", "other", own.Constant("one", 1), seen);
        return Known(own, own.Node("Concat", "all", [hot, other], Attribute("axis", 1)), own.Node("IsNaN", "is_missing", x));
    }

    private static string Bins(GraphBuilder own, VaeHistogram bins, string x)
    {
        float[] upper = [.. bins.Upper.Select(value => (float)value)];
        // Nothing is below the least, and so the first bin begins right under it.
        float[] under = [float.BitDecrement((float)bins.Lower[0]), .. upper[..^1]];
        var isIn = own.Node(
            "And", "is_in",
            own.Node("Greater", "is_above", x, own.Constant("under", under, 1, under.Length)),
            own.Node("LessOrEqual", "is_within", x, own.Constant("upper", upper, 1, upper.Length)));
        var below = own.ToSingle("below", own.Node("LessOrEqual", "is_below", x, own.Constant("least", under[..1], 1, 1)));
        var beyond = own.ToSingle("beyond", own.Node("Greater", "is_beyond", x, own.Constant("greatest", upper[^1..], 1, 1)));
        var hot = own.Node("Concat", "all", [own.ToSingle("hot", isIn), below, beyond], Attribute("axis", 1));
        return Known(own, hot, own.Node("IsNaN", "is_missing", x));
    }

    private static string Logarithm(GraphBuilder own, VaeHistogram histogram, string x)
    {
        var isPositive = own.Node("Greater", "is_positive", x, own.Constant("zero", 0));
        var below = own.Constant("below", (float)FieldMap.BelowAll(histogram));
        return Known(
            own, own.Node("Where", "logarithm", isPositive, own.Node("Log", "of_positive", x), below), own.Node("IsNaN", "is_missing", x));
    }

    /// <summary>s₀ + Σ Δsₖ · clip((x − xₖ) / Δxₖ, 0, 1), and the slopes of the ends beyond them.</summary>
    private static string Score(GraphBuilder own, VaeHistogram histogram, string x)
    {
        var (values, scores) = new HistogramMap(histogram).Knots;
        var steps = values.Count - 1;
        float[] From(Func<int, double> of) => [.. Enumerable.Range(0, steps).Select(k => (float)of(k))];
        double Width(int k) => values[k + 1] - values[k];
        double Rise(int k) => scores[k + 1] - scores[k];
        var share = own.Node(
            "Div", "share",
            own.Node("Sub", "from", x, own.Constant("values", From(k => values[k]), 1, steps)),
            own.Constant("widths", From(Width), 1, steps));
        var within = own.Node("Clip", "within", share, own.Constant("zero", 0), own.Constant("one", 1));
        var risen = own.Node("MatMul", "risen", within, own.Constant("rises", From(Rise), steps, 1));
        var under = own.Node("Sub", "under", x, own.Constant("least", (float)values[0]));
        var over = own.Node("Sub", "over", x, own.Constant("greatest", (float)values[^1]));
        var before = own.Node("Min", "before", under, own.Constant("zero", 0));
        var after = own.Node("Max", "after", over, own.Constant("zero", 0));
        var ends = own.Node(
            "Add", "ends",
            own.Node("Mul", "left", before, own.Constant("left.slope", (float)(Rise(0) / Width(0)))),
            own.Node("Mul", "right", after, own.Constant("right.slope", (float)(Rise(steps - 1) / Width(steps - 1)))));
        var score = own.Node("Add", "score", own.Node("Add", "sum", risen, ends), own.Constant("start", (float)scores[0]));
        return Known(own, score, own.Node("IsNaN", "is_missing", x));
    }

    /// <summary>NaN where the column is missing.</summary>
    private static string Known(GraphBuilder own, string y, string isMissing)
        => own.Node("Where", "features", isMissing, $"{Prefix}{NotANumber}", y);
}
