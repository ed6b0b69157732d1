using Microsoft.ML;
using MLNet.Vae.Graphs;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Reporting;

/// <summary>What the page draws, as JSON. Page/src reads it.</summary>
internal sealed class ReportPayload(VaeModel model, ReportRows rows, DataViewSchema schema, VaeReportOptions options)
{
    private const int TopContributions = 6;

    private readonly VaeModelInfo _info = model.Info;
    private readonly LatentUse _use = new(model.Info, rows);
    private readonly ImageShape? _shape = rows.Table is null ? options.ImageShape ?? model.Info.ImageShape : null;
    private readonly PixelRange _pixels = rows.Statistics is { } statistics ? PixelRange.Of(statistics) : default;

    public IReadOnlyList<string> Warnings => [.. ReportWarnings.Of(model, rows, _use, options)];

    public string Title => options.Title ?? _info.Latent.ModelName;

    /// <summary>All parts, in the order in which they are shown: of a table first what a person asks it for.</summary>
    public IEnumerable<VaeReportPart> Order => rows.Table is null ? Enum.GetValues<VaeReportPart>() : Enum.GetValues<VaeReportPart>()
        .OrderBy(part => part switch
        {
            VaeReportPart.Summary or VaeReportPart.Warnings => 0,
            VaeReportPart.WorstRows => 1,
            VaeReportPart.Scores or VaeReportPart.Columns => 2,
            _ => 3,
        });

    /// <summary>Why a part is not there; <see langword="null"/>: it is.</summary>
    public string? Missing(VaeReportPart part) =>
        part switch
        {
            VaeReportPart.LossCurves when _info.Training is not { Epochs.Count: > 0 } => ReportMessages.NoHistory,
            VaeReportPart.Scores or VaeReportPart.WorstRows when rows.Score is null => ReportMessages.NoScores,
            VaeReportPart.WorstRows when options.WorstRows == 0 => ReportMessages.NoWorstRows,
            VaeReportPart.Columns when rows.Table is null => ReportMessages.NoTable,
            VaeReportPart.Explorer when rows.Table is not null => ReportMessages.ExplorerOfTable,
            VaeReportPart.Reconstructions or VaeReportPart.Manifold when _shape is null => ReportMessages.NoImageShape,
            VaeReportPart.Reconstructions when rows.Score is null => ReportMessages.NoScores,
            VaeReportPart.Reconstructions when options.Reconstructions == 0 => ReportMessages.NoPictures,
            VaeReportPart.Explorer or VaeReportPart.Manifold when !model.IsComplete => ReportMessages.NoDecoder,
            VaeReportPart.Explorer or VaeReportPart.Manifold when _info.Latent.HasCodes => ReportMessages.Codes,
            VaeReportPart.Explorer or VaeReportPart.Manifold when !options.Explorer => ReportMessages.ExplorerOff,
            VaeReportPart.Manifold when _info.TargetCount > 0 => "the model reconstructs a target, not pictures. Leave the part out.",
            VaeReportPart.Manifold when _info.LatentDimension < 2 =>
                "a grid needs two latent dimensions, and the model has one. See the part Explorer.",
            _ => null,
        };

    public string ToJson(IReadOnlyList<VaeReportPart> parts)
    {
        bool Shows(params VaeReportPart[] any) => parts.Any(any.Contains);
        var showsRows = Shows(VaeReportPart.LatentSpace, VaeReportPart.Explorer, VaeReportPart.Manifold);
        return PageJson.Of(
            new
            {
                Title,
                Parts = parts,
                options.Seed,
                Warnings,
                Model = Model(),
                Facts = Shows(VaeReportPart.Details) ? Facts.Of(_info, rows, schema, options) : null,
                Training = Training(),
                Use = Use(),
                Rows = Rows(showsRows),
                RocArea = Shows(VaeReportPart.Scores) && rows is { Score: { } score, Label: { } label }
                    ? RocArea.OfLabelled(score, label).ToString()
                    : null,
                Colors = showsRows || Shows(VaeReportPart.WorstRows) ? Colors() : null,
                Image = Image(),
                Worst = !Shows(VaeReportPart.WorstRows) ? null : rows.Table is { } table ? Worst(table) : Worst(),
                Table = Table(Shows(VaeReportPart.Columns)),
                Reconstructions = Shows(VaeReportPart.Reconstructions) ? Reconstructions() : null,
                Features = rows.Statistics is { } statistics
                    && Shows(VaeReportPart.Details, VaeReportPart.Explorer, VaeReportPart.WorstRows) ? Features(statistics) : null,
                Decoder = Shows(VaeReportPart.Explorer, VaeReportPart.Manifold) ? Decoder() : null,
            }
        );
    }

    private object Model() =>
        new
        {
            Latent = Latent(),
            _info.LatentDimension,
            _info.FeatureCount,
            _info.TargetCount,
            _info.Architecture,
            _info.Likelihood,
            _info.ScoreKind,
            _info.Threshold,
            _info.Contamination,
            Levels = _info.LevelDimensions,
            _info.CodeCount,
            _info.CodebookSize,
            _info.ClassCount,
            Components = _info.Components?.Select(component => new
            {
                component.Weight,
                component.Mean,
                component.LogSigma,
            }),
            Condition = _info.ConditionCount == 0
                ? null
                : new
                {
                    Column = _info.Columns.Condition,
                    Kind = _info.ConditionKind ?? VaeInputKind.Vector,
                    Count = _info.ConditionCount,
                    Names = _info.ConditionNames,
                },
        };

    private object Latent() =>
        new
        {
            _info.Latent.HasKl,
            _info.Latent.HasPrior,
            _info.Latent.HasCodes,
            IsStandardNormal = _info.Latent.IsStandardNormal(_info),
            NeedsPriorGraph = _info.Latent.NeedsPriorGraph(_info),
            Sizes = _info.Latent.DescribeSizes(_info),
            _info.Latent.EmbeddingName,
            _info.Latent.EmbeddingOfRow,
        };

    private object? Training() =>
        _info.Training is not { Epochs: { Count: > 0 } epochs } training
            ? null
            : new
            {
                Epoch = epochs.Select(epoch => epoch.Epoch),
                training.BestEpoch,
                training.FinalValidationElbo,
                training.FinalValidationStandardError,
                training.StopReason,
                training.TrainingRows,
                training.ValidationRows,
                Seconds = training.Elapsed.TotalSeconds,
                training.Best.ActiveUnits,
                training.Best.KlPerLevel,
                Pretraining = epochs.Count(epoch => epoch.IsPretraining),
                Elbo = Packed.Of([.. epochs.Select(epoch => epoch.Elbo)]),
                ValidationElbo = Packed.Of([.. epochs.Select(epoch => epoch.ValidationElbo ?? double.NaN)]),
                Reconstruction = Packed.Of([.. epochs.Select(epoch => epoch.Reconstruction)]),
                Kl = Packed.Of([.. epochs.Select(epoch => epoch.Kl)]),
                Penalty = Packed.Of([.. epochs.Select(epoch => epoch.Penalty)]),
                Perplexity = Packed.Of([.. epochs.Select(epoch => epoch.Perplexity ?? double.NaN)]),
                ActiveByEpoch = Packed.Of([.. epochs.Select(epoch => (double)epoch.ActiveUnits)]),
            };

    private object Use() =>
        new
        {
            _use.Variance,
            _use.Kl,
            _use.KlIsFromTraining,
            _use.Unused,
            _use.Order,
        };

    private object Rows(bool all) =>
        new
        {
            rows.Count,
            rows.Selection.Total,
            Number = all ? Packed.Of([.. rows.Numbers.Select(number => (double)number)]) : null,
            Embedding = all ? Packed.Of(rows.Embedding) : null,
            Score = Packed.Of(rows.Score),
            Codes = Packed.Of(rows.Codes),
            Component = Packed.Of(rows.Component),
            Condition = all ? Packed.Of(rows.Condition) : null,
            Features = !all || rows.Features is null ? null
            : _shape is null ? Packed.Of(rows.Features)
            : Packed.Of(_pixels.Bytes(rows.Features)),
            Label = rows.Label is null ? null : Packed.Of([.. rows.Label.Select(LabelByte)]),
            LabelColumn = options.LabelColumnName,
        };

    private IEnumerable<object> Colors()
    {
        var own = new List<ColorValues>();
        if (rows.Label is { } label)
            own.Add(ColorValues.OfPlaces(options.LabelColumnName!, ["false", "true"], [.. label.Select(LabelPlace)]));
        if (_info.Columns.Condition is { } condition && rows.Condition is { } values)
        {
            if (_info.ConditionKind == VaeInputKind.Key)
            {
                own.Add(
                    ColorValues.OfPlaces(
                        condition,
                        [.. Enumerable.Range(0, _info.ConditionCount).Select(i => _info.ConditionNames?[i] ?? $"{i + 1}")],
                        [.. values.Select(value => (int)value)]
                    )
                );
            }
            else if (_info.ConditionKind == VaeInputKind.Boolean)
            {
                own.Add(ColorValues.OfPlaces(condition, ["false", "true"], [.. values.Select(value => (int)value)]));
            }
            else if (_info.ConditionKind == VaeInputKind.Scalar)
            {
                own.Add(ColorValues.OfNumbers(condition, values));
            }
        }

        if (rows.Component is { } component)
        {
            own.Add(
                ColorValues.OfPlaces("component", [.. Enumerable.Range(0, _info.ComponentCount).Select(i => $"component {i}")], component)
            );
        }
        if (rows.Codes is { } codes)
        {
            own.Add(
                ColorValues.OfPlaces(
                    "code",
                    [.. Enumerable.Range(0, _info.CodebookSize).Select(i => $"entry {i}")],
                    [.. Enumerable.Range(0, rows.Count).Select(row => codes[row * _info.CodeCount])]
                )
            );
        }
        if (rows.Score is { } score)
            own.Add(new("score", null, score));
        return rows
            .Colors.Concat(own)
            .Select(color => new
            {
                color.Name,
                color.Categories,
                Values = Packed.Of(color.Values),
            });
    }

    // 2: not known.
    private static byte LabelByte(bool? anomaly) => anomaly switch { null => 2, true => 1, false => 0 };

    private static int LabelPlace(bool? anomaly) => anomaly switch { null => -1, true => 1, false => 0 };

    private object? Image() =>
        _shape is null
            ? null
            : new
            {
                _shape.Height,
                _shape.Width,
                _shape.Channels,
                Interleaved = _shape.Layout == PixelLayout.Interleaved,
                _pixels.Minimum,
                _pixels.Maximum,
            };

    private object Worst() =>
        new
        {
            Rows = rows.Worst.Select(row => new
            {
                row.Index,
                row.Name,
                Number = rows.Numbers[row.Index],
                Score = rows.Score![row.Index],
                Top = Enumerable
                    .Range(0, row.Features.Length)
                    .OrderByDescending(i => ScoreRank.Of(row.Contributions![i]))
                    .Take(TopContributions)
                    .Select(i => new
                    {
                        Feature = i,
                        Value = row.Features[i],
                        Reconstruction = row.Reconstruction[i],
                        Contribution = row.Contributions![i],
                    }),
            }),
            Originals = _shape is null ? null : Packed.Of(_pixels.Bytes([.. rows.Worst.SelectMany(row => row.Features)])),
            Reconstructions = _shape is null ? null : Packed.Of(_pixels.Bytes([.. rows.Worst.SelectMany(row => row.Reconstruction)])),
            Contributions = _shape is null ? null : Packed.Of([.. rows.Worst.SelectMany(row => row.Contributions!)]),
        };

    private object Worst(ReportedTable table) => new
    {
        Rows = table.Worst.Select(row => new
        {
            row.Number,
            row.Name,
            row.Score,
            row.PValue,
            IsFlagged = _info.Threshold is { } threshold ? row.Score > threshold : (bool?)null,
            Label = rows.Label is null ? (byte?)null : LabelByte(row.Label),
            row.Cells,
            row.OtherCells,
            row.OtherNats,
        }),
    };

    private object? Table(bool hasColumns)
    {
        if (rows.Table is not { } table)
            return null;
        var findings = table.Columns.ToDictionary(found => found.Column.Name);
        return new
        {
            Scored = rows.Read - rows.LeftOut,
            table.Flagged,
            Modelled = table.Columns.Count,
            Columns = !hasColumns ? null : _info.Table!.Columns.Select(column => new
            {
                column.Name,
                column.Type,
                Kind = column.Kind?.ToString(),
                column.Reason,
                Features = column.FeatureCount,
                TrainingRows = column.Rows,
                TrainingMissing = column.Missing,
                Found = findings.GetValueOrDefault(column.Name) is { } found
                    ? new { found.Nats, found.Observed, found.Missing, found.Beyond }
                    : null,
            }),
        };
    }

    private object Reconstructions() =>
        new
        {
            Index = rows.Examples.Select(row => row.Index),
            Number = rows.Examples.Select(row => rows.Numbers[row.Index]),
            Originals = Packed.Of(_pixels.Bytes([.. rows.Examples.SelectMany(row => row.Features)])),
            Reconstructions = Packed.Of(_pixels.Bytes([.. rows.Examples.SelectMany(row => row.Reconstruction)])),
        };

    private object Features(FeatureStatistics statistics) =>
        new
        {
            Names = _info.FeatureNames,
            _info.TargetNames,
            Mean = Packed.Of(statistics.Mean),
            StandardDeviation = Packed.Of(statistics.StandardDeviation),
            Minimum = Packed.Of(statistics.Minimum),
            Maximum = Packed.Of(statistics.Maximum),
            Error = statistics.ReconstructionError is { } error ? Packed.Of(error) : null,
            Contribution = statistics.Contribution is { } contribution ? Packed.Of(contribution) : null,
        };

    private object Decoder() =>
        new
        {
            Onnx = Packed.Of(model.ToOnnx(VaeGraph.Decoder)),
            // Where the prior is learned, a draw goes through it.
            Prior = model.Computes(TensorNames.PriorMean)
                ? Packed.Of(model.ToRun(GraphInterface.Prior, TensorNames.PriorMean, TensorNames.PriorLogSigma))
                : null,
        };
}
