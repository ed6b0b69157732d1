using MLNet.Vae.Tables;

namespace MLNet.Vae.Reading;

/// <summary>
/// Whether metadata describes a table that there can be: fields that cover the features, bins in order, nothing null or unknown.
/// </summary>
internal static class TableCheck
{
    private const int MostUnits = 1 << 16;

    public static string? Fault(VaeModelInfo info)
    {
        if (info.Table is not { } table)
            return null;
        if (table.Columns is not { Count: > 0 } columns || !columns.All(IsColumn))
            return "a column of a table that there cannot be";
        if (columns.Select(column => column.Name).Distinct().Count() != columns.Count)
            return "a table with two columns of one name";
        var fields = columns.SelectMany(column => column.Fields).OrderBy(field => field.Start).ToList();
        var next = 0;
        foreach (var field in fields)
        {
            if (field.Start != next || field.Count > info.FeatureCount - next)
                return "fields of a table that are not its features";
            next += field.Count;
        }
        if (fields.Count == 0 || next != info.FeatureCount)
            return "fields of a table that are not its features";
        if (table.ContributionsColumn is { } name && string.IsNullOrWhiteSpace(name))
            return "a contributionsColumn that is blank";
        if (info.TargetCount > 0 || info.ConditionCount > 0 || info.Columns.Features != TableNames.Features)
            return "a table with a target, a condition or another column of features";
        if (table.Sampler is { } sampler
            && (sampler.Units is < 1 or > MostUnits || sampler.BestEpoch < 0 || sampler.BestEpoch > sampler.Epochs
                || fields.Any(field => field.Kind == VaeColumnKind.Vector)))
        {
            return "a sampler of rows that there cannot be";
        }
        return null;
    }

    private static bool IsColumn(VaeTableColumn? column)
        => column is { Reason: not null, Fields: not null, Rows: >= 0, Missing: >= 0 } && !string.IsNullOrWhiteSpace(column.Name)
            && !string.IsNullOrWhiteSpace(column.Type) && (column.Kind is null || Enum.IsDefined(column.Kind.Value))
            && column.Fields.Count is var parts && (column.Kind switch
            {
                null => parts == 0,
                VaeColumnKind.Time => parts is 2 or 3,
                _ => parts == 1,
            })
            && column.Fields.All(field => IsField(field, column));

    private static bool IsField(VaeTableField? field, VaeTableColumn column)
    {
        if (field is not { OtherShare: >= 0 and <= 1 })
            return false;
        if (string.IsNullOrWhiteSpace(field.Name) || field.Start < 0 || field.Count < 1 || !Enum.IsDefined(field.Kind))
            return false;
        var isOfColumn = column.Kind == VaeColumnKind.Time
            ? field.Kind is VaeColumnKind.Quantile or VaeColumnKind.Categorical
            : field.Kind == column.Kind;
        if (!isOfColumn)
            return false;
        return field.Kind switch
        {
            VaeColumnKind.Categorical => field is { Categories: { } categories, Histogram: null }
                && field.Count == categories.Count + 1 && categories.All(category => !string.IsNullOrEmpty(category)),
            VaeColumnKind.Histogram => IsHistogram(field.Histogram) && field.Count == field.Histogram!.Count + 2,
            VaeColumnKind.Vector => field is { Categories: null, Histogram: null },
            VaeColumnKind.Time => false,
            _ => IsHistogram(field.Histogram) && field.Count == 1,
        };
    }

    private static bool IsHistogram(VaeHistogram? histogram)
    {
        if (histogram is not { Lower.Count: > 0, Upper: not null, Mean: not null, Share: not null }
            || histogram.Upper.Count != histogram.Count || histogram.Mean.Count != histogram.Count
                || histogram.Share.Count != histogram.Count)
        {
            return false;
        }
        for (var bin = 0; bin < histogram.Count; bin++)
        {
            var (lower, upper, mean) = (histogram.Lower[bin], histogram.Upper[bin], histogram.Mean[bin]);
            if (!(double.IsFinite(lower) && double.IsFinite(upper) && lower <= mean && mean <= upper
                && histogram.Share[bin] is >= 0 and <= 1)
                || bin > 0 && !(lower > histogram.Upper[bin - 1]))
            {
                return false;
            }
        }
        return true;
    }
}
