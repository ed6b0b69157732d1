using Microsoft.ML;
using MLNet.Vae.Columns;

namespace MLNet.Vae.Reporting;

/// <summary>Reads the selected rows once, scored, and keeps of each what is shown.</summary>
internal sealed class ReportReader
{
    // As 8-bit pixels 8 MiB of a page, as numbers 8 MiB; what is held meanwhile are 32-bit floats.
    private const int MaximumPixels = 1 << 23, MaximumNumbers = 1 << 21;

    /// <summary>For messages of a label.</summary>
    public const string LabelOption = $"{nameof(VaeReportOptions)}.{nameof(VaeReportOptions.LabelColumnName)}";

    private readonly VaeModelInfo _info;
    private readonly ReportColumns _columns;
    private readonly RowSelection _selection;
    private readonly int _worstRows;
    private readonly int _examples;
    private readonly bool _hasImages;

    private ReportReader(VaeModelInfo info, ReportColumns columns, RowSelection selection, VaeReportOptions options, bool hasImages)
    {
        (_info, _columns, _selection, _hasImages) = (info, columns, selection, hasImages);
        _worstRows = options.WorstRows;
        _examples = hasImages ? Math.Min(options.Reconstructions, selection.Numbers.Length) : 0;
    }

    public static ReportRows Read(
        VaeTransformer transformer,
        IDataView data,
        ReportColumns columns,
        VaeReportOptions options,
        bool hasImages
    )
    {
        using var named = transformer.WithColumns(columns.Model);
        // A row that cannot be scored is left out and counted, not the end of the report.
        using var scoring = named.WithScoring(transformer.Options with { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        var selection = RowSelection.Of(data, options.RowLimit, options.Seed);
        var view = scoring.Transform(new SelectedRows(data, selection));
        using var cursor = view.GetRowCursor(columns.Needed(view.Schema));
        return new ReportReader(transformer.Model.Info, columns, selection, options, hasImages).Read(cursor);
    }

    private ReportRows Read(DataViewRowCursor cursor)
    {
        var (limit, latents, width) = (_selection.Numbers.Length, _info.LatentDimension, _info.FeatureCount);
        var features = new float[width];
        var featuresColumn = ColumnValues.Of(cursor, ColumnChecks.Check(cursor.Schema, InputRule.Features(_info)));
        var condition = InputRule.Condition(_info) is { } rule ? ColumnChecks.Check(cursor.Schema, rule) : null;
        var conditionColumn = condition is null ? null : ColumnValues.Of(cursor, condition);
        var conditionValues = new float[_info.ConditionCount];
        var conditionWidth = condition is null ? 0 : condition.Kind == VaeInputKind.Key ? 1 : _info.ConditionCount;

        var embedding = new VectorColumn<float>(cursor, _columns.Model.Embedding!);
        var logSigma = VectorColumn<float>.Of(cursor, _columns.Model.LogSigma);
        var components = VectorColumn<float>.Of(cursor, _columns.Model.Components);
        var codes = VectorColumn<uint>.Of(cursor, _columns.Model.Codes);
        var reconstruction = VectorColumn<float>.Of(cursor, _columns.Model.Reconstruction);
        var contributions = VectorColumn<float>.Of(cursor, _columns.Model.Contributions);
        var scoreGetter = _columns.Model.Score is { } scoreName ? cursor.GetGetter<float>(cursor.Schema[scoreName]) : null;
        var labelGetter = _columns.Label is { } label ? new AnomalyLabel(cursor, cursor.Schema[label.Name], LabelOption) : null;
        var nameGetter = _columns.Id is { } id ? CellText.Of(cursor, cursor.Schema[id.Name]) : null;
        ColorColumn[] colors = [.. _columns.Colors.Select(column => ColorColumn.Of(cursor, cursor.Schema[column.Name]))];

        var numbers = new long[limit];
        var means = new float[limit * latents];
        var logSigmas = logSigma is null ? null : new float[limit * latents];
        var scores = scoreGetter is null ? null : new float[limit];
        var component = components is null ? null : new int[limit];
        var entries = codes is null ? null : new int[limit * _info.CodeCount];
        var conditions = condition is null ? null : new float[limit * conditionWidth];
        var labels = labelGetter is null ? null : new bool?[limit];
        var kept = (long)limit * width <= (_hasImages ? MaximumPixels : MaximumNumbers) ? new float[limit * width] : null;
        var statistics = new FeatureStatistics(width);
        var worst = new PriorityQueue<ReportedRow, (float Score, int Index)>();
        var examples = new List<ReportedRow>(_examples);

        var n = 0;
        while (cursor.MoveNext())
        {
            featuresColumn.Read(features);
            conditionColumn?.Read(conditionValues);
            if (FiniteValues.IndexOfFirstOther(features) >= 0 || FiniteValues.IndexOfFirstOther(conditionValues) >= 0)
                continue;

            numbers[n] = _selection.Numbers[cursor.Position];
            Copy(embedding, means);
            Copy(logSigma, logSigmas);
            if (kept is not null)
                features.CopyTo(kept, n * width);
            statistics.Add(features);
            if (components is not null)
            {
                components.Read();
                component![n] = components.Values.AsSpan().IndexOf(components.Values.Max());
            }

            if (codes is not null)
            {
                codes.Read();
                for (var c = 0; c < codes.Values.Length; c++)
                    entries![(n * codes.Values.Length) + c] = (int)codes.Values[c] - 1;
            }

            if (conditions is not null)
            {
                if (condition!.Kind == VaeInputKind.Key)
                    conditions[n] = conditionValues.AsSpan().IndexOf(1f);
                else
                    conditionValues.CopyTo(conditions, n * conditionWidth);
            }

            if (labelGetter is not null)
                labels![n] = labelGetter.Read(numbers[n]);
            foreach (var color in colors)
                color.Read();
            if (scoreGetter is not null)
            {
                scoreGetter(ref scores![n]);
                reconstruction!.Read();
                contributions!.Read();
                statistics.Add(features, reconstruction.Values, contributions.Values);
                KeepWorst(ScoreRank.Of(scores[n]));
                if (examples.Count < _examples && cursor.Position >= (long)examples.Count * limit / _examples)
                    examples.Add(new(n, null, [.. features], [.. reconstruction.Values], null));
            }

            n++;
        }

        return new()
        {
            Selection = _selection,
            Count = n,
            Read = limit,
            LeftOut = limit - n,
            Numbers = numbers[..n],
            Embedding = means[..(n * latents)],
            LogSigma = logSigmas?[..(n * latents)],
            Score = scores?[..n],
            Component = component?[..n],
            Codes = entries?[..(n * _info.CodeCount)],
            Condition = conditions?[..(n * conditionWidth)],
            Features = kept?[..(n * width)],
            Label = labels?[..n],
            Colors = [.. colors.Select(color => color.Finish())],
            Statistics = statistics,
            Worst = [.. worst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)],
            Examples = examples,
        };

        void Copy(VectorColumn<float>? column, float[]? to)
        {
            if (column is null)
                return;
            column.Read();
            column.Values.CopyTo(to!, n * latents);
        }

        // Of equal scores the row that comes first.
        void KeepWorst(float score)
        {
            if (_worstRows == 0 || (worst.Count == _worstRows && worst.TryPeek(out _, out var least) && (score, -n).CompareTo(least) <= 0))
                return;
            if (worst.Count == _worstRows)
                worst.Dequeue();
            worst.Enqueue(
                new(n, nameGetter?.Invoke(), [.. features], [.. reconstruction!.Values], [.. contributions!.Values]),
                (score, -n)
            );
        }
    }
}
