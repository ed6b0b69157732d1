using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>
/// The cells of all columns that are modelled, from what there is of a row: numbers of its fields, or features. Immutable.
/// </summary>
internal sealed class TableCells
{
    private readonly IReadOnlyList<VaeTableColumn> _columns;
    private readonly FieldMap[] _maps;
    private readonly double[]? _sigmas;

    /// <param name="info">Of the table.</param>
    /// <param name="sigmas">
    /// Standard deviation of each feature given z, by which the mean of a number differs from the number of the mean;
    /// <see langword="null"/>:
    /// it is not known.
    /// </param>
    public TableCells(VaeTableInfo info, double[]? sigmas = null)
    {
        (_columns, _sigmas) = (info.Modelled, sigmas);
        _maps = [.. _columns.SelectMany(column => column.Fields).Select(field => new FieldMap(field))];
    }

    /// <param name="row">The current row.</param>
    public IReadOnlyList<CellValues> Of(Func<CodedRow> row) => Cells(
        field => _maps[field].Histogram!.Within(row().Codes[field], row().Ranks[field]),
        field => row().Codes[field]);

    /// <param name="features">
    /// Of the current row, as the decoder gives them: the mean of a number, probabilities of categories and bins.
    /// </param>
    public IReadOnlyList<CellValues> Of(Func<ReadOnlyMemory<float>> features) => Cells(
        field => Number(_maps[field], Own(features(), field)),
        field => Category(_maps[field], Own(features(), field)));

    private ReadOnlySpan<float> Own(ReadOnlyMemory<float> features, int field)
        => features.Span.Slice(_maps[field].Field.Start, _maps[field].Field.Count);

    private List<CellValues> Cells(Func<int, double> number, Func<int, int> category)
    {
        var (cells, first) = (new List<CellValues>(), 0);
        foreach (var column in _columns)
        {
            cells.Add(new(column, _maps[first..(first + column.Fields.Count)], first, number, category));
            first += column.Fields.Count;
        }
        return cells;
    }

    /// <summary>The mean of a field.</summary>
    private double Number(FieldMap map, ReadOnlySpan<float> features)
    {
        if (map.Field.Kind is VaeColumnKind.LogNormal or VaeColumnKind.Quantile && _sigmas?[map.Field.Start] is > 0 and var sigma)
            return MeanOf(map, features[0], sigma);
        if (map.Field.Kind != VaeColumnKind.Histogram)
            return map.Value(features[0]);
        var (sum, weights) = (0.0, 0.0);
        for (var bin = 0; bin < map.Histogram!.Bins; bin++)
        {
            sum += features[bin] * map.Histogram.MeanOf(bin);
            weights += features[bin];
        }
        return weights > 0 ? sum / weights : map.Histogram.MeanOf(0);
    }

    /// <summary>E[value(s)], s ~ N(mean, σ²), by Gauss–Hermite quadrature with five nodes.</summary>
    private static double MeanOf(FieldMap map, double mean, double sigma)
    {
        const double Near = 1.3556261799742659, Far = 2.8569700138728056;
        const double AtMean = 8.0 / 15, AtNear = 0.22207592200561266, AtFar = 0.011257411327720689;
        return (AtMean * Of(0)) + (AtNear * (Of(Near) + Of(-Near))) + (AtFar * (Of(Far) + Of(-Far)));

        double Of(double node) => Math.Clamp(map.Value(mean + (node * sigma)), map.Histogram!.Least, map.Histogram.Greatest);
    }

    private static int Category(FieldMap map, ReadOnlySpan<float> features)
    {
        var best = 0;
        for (var category = 1; category < map.Field.Categories!.Count; category++)
        {
            if (features[category] > features[best])
                best = category;
        }
        return best;
    }
}
