using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Cells;
using MLNet.Vae.Layers;

namespace MLNet.Vae.Reporting;

/// <summary>
/// Scores all rows of a table once. Keeps of the rows that are selected what is drawn of each, of all rows the worst, and of each column
/// its sums.
/// </summary>
internal sealed class TableRowsReader
{
    // Of a table with more columns than a person reads of one row.
    private const int MostCells = 200;

    private readonly VaeModelInfo _info;
    private readonly ReportColumns _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly IReadOnlyList<ColumnCell> _cells;
    private readonly VectorColumn<float> _features, _reconstruction, _contributions;
    private readonly ValueGetter<float> _score;
    private readonly ValueGetter<float>? _pValue;
    private readonly AnomalyLabel? _label;
    private readonly Func<string?>? _name;
    private readonly int _worstRows;
    private readonly PriorityQueue<WorstTableRow, (float Score, long Place)> _worst = new();

    private TableRowsReader(VaeModel model, ReportColumns columns, DataViewRowCursor cursor, int worstRows)
    {
        (_info, _columns, _cursor, _worstRows) = (model.Info, columns, cursor, worstRows);
        _features = new(cursor, columns.Model.Features);
        _reconstruction = new(cursor, columns.Model.Reconstruction!);
        _contributions = new(cursor, columns.Model.Contributions!);
        _score = cursor.GetGetter<float>(cursor.Schema[columns.Model.Score!]);
        _pValue = columns.Model.PValue is { } pValue ? cursor.GetGetter<float>(cursor.Schema[pValue]) : null;
        _label = columns.Label is { } label ? new(cursor, cursor.Schema[label.Name], ReportReader.LabelOption) : null;
        _name = columns.Id is { } id ? CellText.Of(cursor, cursor.Schema[id.Name]) : null;
        var expected = new TableCells(model.Info.Table!, model.DecoderSigmas()).Of(() => _reconstruction.Values.AsMemory());
        _cells =
        [
            .. expected.Select(cell => new ColumnCell(
                cursor,
                cursor.Schema[cell.Column.Name],
                cell,
                _features.Values,
                _reconstruction.Values,
                _contributions.Values)),
        ];
    }

    public static ReportRows Read(
        IExceptionContext context,
        VaeTransformer transformer,
        IDataView data,
        ReportColumns columns,
        VaeReportOptions options
    )
    {
        var table = transformer.Model.Info.Table!;
        var features = new LayerView(TableLayers.Features(context, data.Schema, table), data);
        using var named = transformer.WithColumns(columns.Model);
        // A row that cannot be scored is left out and counted, not the end of the report.
        using var scoring = named.WithScoring(transformer.Options with { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var selection = RowSelection.Of(data, options.RowLimit, options.Seed);
        var view = scoring.Transform(features);
        var needed = columns.Needed(view.Schema).Concat(table.Modelled.Select(column => view.Schema[column.Name]));
        using var cursor = view.GetRowCursor(needed.DistinctBy(column => column.Index));
        return new TableRowsReader(transformer.Model, columns, cursor, options.WorstRows).Read(selection);
    }

    private ReportRows Read(RowSelection selection)
    {
        var (limit, latents) = (selection.Numbers.Length, _info.LatentDimension);
        var embedding = new VectorColumn<float>(_cursor, _columns.Model.Embedding!);
        var logSigma = VectorColumn<float>.Of(_cursor, _columns.Model.LogSigma);
        var components = VectorColumn<float>.Of(_cursor, _columns.Model.Components);
        var codes = VectorColumn<uint>.Of(_cursor, _columns.Model.Codes);
        ColorColumn[] colors = [.. _columns.Colors.Select(column => ColorColumn.Of(_cursor, _cursor.Schema[column.Name]))];
        ColumnFindings[] findings = [.. _info.Table!.Modelled.Select(column => new ColumnFindings(column))];

        var numbers = new long[limit];
        var means = new float[limit * latents];
        var logSigmas = logSigma is null ? null : new float[limit * latents];
        var scores = new float[limit];
        var component = components is null ? null : new int[limit];
        var entries = codes is null ? null : new int[limit * _info.CodeCount];
        var labels = _label is null ? null : new bool?[limit];

        var (kept, next, leftOut, flagged, number) = (0, 0, 0L, 0L, 0L);
        for (; _cursor.MoveNext(); number++)
        {
            var isSelected = next < limit && selection.Numbers[next] == number;
            next += isSelected ? 1 : 0;
            float score = default;
            _score(ref score);
            if (float.IsNaN(score))
            {
                leftOut++;
                continue;
            }

            _features.Read();
            _contributions.Read();
            flagged += score > _info.Threshold ? 1 : 0;
            for (var i = 0; i < findings.Length; i++)
                _cells[i].AddTo(findings[i]);
            var label = _label?.Read(number);
            KeepWorst(number, score, label);
            if (!isSelected)
                continue;

            numbers[kept] = number;
            scores[kept] = score;
            if (labels is not null)
                labels[kept] = label;
            Copy(embedding, means, latents);
            Copy(logSigma, logSigmas, latents);
            if (components is not null)
            {
                components.Read();
                component![kept] = components.Values.AsSpan().IndexOf(components.Values.Max());
            }

            if (codes is not null)
            {
                codes.Read();
                for (var c = 0; c < codes.Values.Length; c++)
                    entries![(kept * codes.Values.Length) + c] = (int)codes.Values[c] - 1;
            }

            foreach (var color in colors)
                color.Read();
            kept++;
        }

        return new()
        {
            Selection = selection,
            Count = kept,
            Read = number,
            LeftOut = leftOut,
            Numbers = numbers[..kept],
            Embedding = means[..(kept * latents)],
            LogSigma = logSigmas?[..(kept * latents)],
            Score = scores[..kept],
            Component = component?[..kept],
            Codes = entries?[..(kept * _info.CodeCount)],
            Label = labels?[..kept],
            Colors = [.. colors.Select(color => color.Finish())],
            Statistics = null,
            Worst = [],
            Examples = [],
            Table = new(
                findings,
                [.. _worst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)],
                _info.Threshold is null ? null : flagged),
        };

        void Copy(VectorColumn<float>? column, float[]? to, int width)
        {
            if (column is null)
                return;
            column.Read();
            column.Values.CopyTo(to!, kept * width);
        }
    }

    // Of equal scores the row that comes first.
    private void KeepWorst(long number, float score, bool? label)
    {
        var isFull = _worst.Count == _worstRows;
        if (_worstRows == 0 || (isFull && _worst.TryPeek(out _, out var least) && (score, -number).CompareTo(least) <= 0))
            return;
        if (isFull)
            _worst.Dequeue();
        _reconstruction.Read();
        float pValue = default;
        _pValue?.Invoke(ref pValue);
        TableCell[] cells = [.. _cells.Select(cell => cell.Read()).OrderByDescending(cell => cell.Nats ?? float.NegativeInfinity)];
        var others = cells[Math.Min(MostCells, cells.Length)..];
        _worst.Enqueue(
            new(
                number,
                _name?.Invoke(),
                score,
                _pValue is null ? null : pValue,
                label,
                cells[..^others.Length],
                others.Length,
                others.Sum(cell => cell.Nats ?? 0.0)),
            (score, -number));
    }
}
