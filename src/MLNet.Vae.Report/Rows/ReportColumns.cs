using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>What a report reads: the columns of the model, under names that hide none of the data, and those of the data.</summary>
internal sealed class ReportColumns
{
    // Beyond these a list to choose from is no help.
    private const int MaximumColors = 12;

    private const string Prefix = "VaeReport.";

    public ReportColumns(VaeModel model, VaeReportOptions options, DataViewSchema schema)
    {
        var info = model.Info;
        var hasScore = model.IsComplete && info.HasScore;
        var faults = options.Faults().ToList();
        var isOutOfRange = faults.Count > 0;
        if (options.ImageShape is { } shape && VaeReportOptions.CanBe(shape)
            && (long)shape.Height * shape.Width * shape.Channels != info.FeatureCount)
        {
            faults.Add(ReportMessages.ImageOfOtherSize(shape, info.FeatureCount));
        }

        Label = LabelOf(options, hasScore, schema, faults);
        Id = IdOf(options, schema, faults);
        Colors = ColorsOf(info, options, schema, faults);
        if (faults.Count > 0)
        {
            throw isOutOfRange
                ? new ArgumentException(ReportMessages.Faults(faults))
                : new InvalidOperationException(ReportMessages.Faults(faults));
        }
        Model = new()
        {
            Features = info.Columns.Features,
            Condition = info.Columns.Condition,
            Embedding = Prefix + nameof(VaeColumns.Embedding),
            LogSigma = info.HasLogSigma ? Prefix + nameof(VaeColumns.LogSigma) : null,
            Components = info.ComponentCount > 0 ? Prefix + nameof(VaeColumns.Components) : null,
            Codes = info.CodeCount > 0 ? Prefix + nameof(VaeColumns.Codes) : null,
            Reconstruction = hasScore ? Prefix + nameof(VaeColumns.Reconstruction) : null,
            Score = hasScore ? Prefix + nameof(VaeColumns.Score) : null,
            Contributions = hasScore ? Prefix + nameof(VaeColumns.Contributions) : null,
            PValue = hasScore && info is { Table: not null, Calibration: not null } ? Prefix + nameof(VaeColumns.PValue) : null,
        };
    }

    public VaeColumns Model { get; }

    public IReadOnlyList<DataViewSchema.Column> Colors { get; }

    public DataViewSchema.Column? Label { get; }

    public DataViewSchema.Column? Id { get; }

    /// <summary>Columns of the transformed view that are read.</summary>
    public IEnumerable<DataViewSchema.Column> Needed(DataViewSchema scored)
    {
        string?[] names =
        [
            Model.Features,
            Model.Condition,
            Model.Embedding,
            Model.LogSigma,
            Model.Components,
            Model.Codes,
            Model.Reconstruction,
            Model.Score,
            Model.Contributions,
            Model.PValue,
            Label?.Name,
            Id?.Name,
            .. Colors.Select(column => column.Name),
        ];
        return names.OfType<string>().Distinct().Select(name => scored[name]);
    }

    private static DataViewSchema.Column? LabelOf(VaeReportOptions options, bool hasScore, DataViewSchema schema, List<string> faults)
    {
        if (options.LabelColumnName is not { } name)
            return null;
        var column = schema.GetColumnOrNull(name);
        if (column is null)
            faults.Add(ReportMessages.MissingColumn(nameof(VaeReportOptions.LabelColumnName), name, schema));
        else if (!AnomalyLabel.CanRead(column.Value.Type))
            faults.Add(ReportMessages.NotALabel(name, column.Value.Type));
        else if (!hasScore)
            faults.Add(ReportMessages.LabelWithoutScore(name));
        return column;
    }

    private static DataViewSchema.Column? IdOf(VaeReportOptions options, DataViewSchema schema, List<string> faults)
    {
        if (options.IdColumnName is not { } name)
            return null;
        var column = schema.GetColumnOrNull(name);
        if (column is null)
            faults.Add(ReportMessages.MissingColumn(nameof(VaeReportOptions.IdColumnName), name, schema));
        else if (column.Value.Type is VectorDataViewType || !CellText.CanRead(column.Value.Type))
            faults.Add(ReportMessages.NotAName(name, column.Value.Type));
        return column;
    }

    private static List<DataViewSchema.Column> ColorsOf(
        VaeModelInfo info,
        VaeReportOptions options,
        DataViewSchema schema,
        List<string> faults
    )
    {
        // Features and condition are shown as such; a key that the features were made from is not.
        bool IsOther(string name) => name != info.Columns.Features && name != info.Columns.Condition && name != options.LabelColumnName;
        if (options.ColorColumns is null)
        {
            return
            [
                .. schema.Where(column => !column.IsHidden && ColorColumn.CanRead(column.Type) && IsOther(column.Name)).Take(MaximumColors),
            ];
        }
        var columns = new List<DataViewSchema.Column>();
        foreach (var name in options.ColorColumns.Distinct())
        {
            if (schema.GetColumnOrNull(name) is not { } column)
                faults.Add(ReportMessages.MissingColumn(nameof(VaeReportOptions.ColorColumns), name, schema));
            else if (!ColorColumn.CanRead(column.Type))
                faults.Add(ReportMessages.NotAColor(name, column.Type));
            else if (IsOther(name))
                columns.Add(column);
        }

        return columns;
    }
}
