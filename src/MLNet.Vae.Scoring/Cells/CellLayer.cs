using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Layers;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Cells;

/// <summary>From what a model says of a row to cells in the place of those of the table: of all, or of those that are missing.</summary>
/// <param name="Context">Marks exceptions.</param>
/// <param name="Info">Of the table.</param>
/// <param name="Sources">Columns that the cells come from; none of them goes further.</param>
/// <param name="Cells">The cells of the columns that are modelled, and the vector that those of vector columns are part of.</param>
internal sealed record CellLayer(
    IExceptionContext Context,
    VaeTableInfo Info,
    IReadOnlyList<string> Sources,
    Func<DataViewRow, (IReadOnlyList<CellValues> Cells, Func<ReadOnlyMemory<float>> Features)> Cells)
{
    /// <summary>Whether observed cells stay as they are.</summary>
    public bool IsMissingAlone { get; init; }

    /// <summary>
    /// With this behind its name a Boolean column for each column says whether its cell was missing; <see langword="null"/>: there is none.
    /// </summary>
    public string? IndicatorSuffix { get; init; }

    public ColumnLayer Over(DataViewSchema schema)
    {
        List<(VaeTableColumn Column, int Index, DataViewSchema.Column Source)> filled =
        [
            .. Info.Modelled.Select((column, index) => (column, index, schema[column.Name]))
                .Where(column => FilledColumn.CanFill(column.Item3.Type)),
        ];
        List<DataViewSchema.DetachedColumn> added = [.. filled.Select(column => new DataViewSchema.DetachedColumn(column.Source))];
        if (IndicatorSuffix is { } suffix)
        {
            if (filled.FirstOrDefault(column => schema.GetColumnOrNull(column.Column.Name + suffix) is not null).Column is { } taken)
            {
                throw Context.Process(new ArgumentOutOfRangeException(
                    nameof(schema),
                    $"Column \"{taken.Name}{suffix}\" is there already, and is what says where \"{taken.Name}\" was missing: choose "
                    + "another indicatorSuffix, or rename the column."));
            }
            added.AddRange(filled.Select(column
                => new DataViewSchema.DetachedColumn(column.Column.Name + suffix, BooleanDataViewType.Instance)));
        }
        int[] dependencies = [.. Sources.Select(name => schema[name].Index), .. filled.Select(column => column.Source.Index)];
        return new(Context, schema, added, dependencies, Sources, (row, _) =>
        {
            var features = new RowFeatures(row, TableNames.Features);
            var (cells, values) = Cells(row);
            return
            [
                .. filled.Select(column => Filled(row, column.Column, column.Source.Index, cells[column.Index], features, values)),
                .. IndicatorSuffix is null ? [] : filled.Select(column => Indicator(features, column.Column)),
            ];
        });
    }

    private Delegate Filled(
        DataViewRow row, VaeTableColumn column, int source, CellValues cell, RowFeatures features, Func<ReadOnlyMemory<float>> values)
    {
        var (found, start) = (row.Schema[source], column.Fields[0].Start);
        if (found.Type is VectorDataViewType)
        {
            return FilledColumn.Of(
                row,
                found,
                slot => !IsMissingAlone || float.IsNaN(features.Values().Span[start + slot]),
                () => values()[start..]);
        }
        var filled = CellGetter.Of(found.Type, cell, found.Type is KeyDataViewType key ? Keys(found, key) : null);
        return IsMissingAlone ? FilledColumn.Of(row, found, () => float.IsNaN(features.Values().Span[start]), filled) : filled;
    }

    private static Delegate Indicator(RowFeatures features, VaeTableColumn column)
    {
        var (start, count) = (column.Fields[0].Start, column.Fields[0].Count);
        return (ValueGetter<bool>)((ref bool value) =>
        {
            value = false;
            foreach (var feature in features.Values().Span.Slice(start, count))
                value |= float.IsNaN(feature);
        });
    }

    private static Dictionary<string, ulong> Keys(DataViewSchema.Column column, KeyDataViewType type)
    {
        var keys = new Dictionary<string, ulong>();
        foreach (var text in CellReader.KeyTexts(column, type))
            keys.TryAdd(text, (ulong)keys.Count + 1);
        return keys;
    }
}
