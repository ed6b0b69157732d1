using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Cells;
using MLNet.Vae.Data;
using MLNet.Vae.Groups;
using MLNet.Vae.Training;
using static System.FormattableString;

namespace MLNet.Vae.Tables;

/// <summary>
/// Reads the rows of a table once, and decides how each column is modelled; as one rank of a group by the rows of all of them.
/// </summary>
internal sealed class TableSurvey(IExceptionContext context, VaeTableOptions options, int seed, TrainingLog log)
{
    // A pass looks for a cancellation this often.
    private const int RowsBetweenLooks = 4_096;

    private readonly TrainingGroup _group = TrainingGroup.Of(options.Training.Group);

    /// <exception cref="ArgumentOutOfRangeException">
    /// Columns are missing or of a type without a rule; the message says all of it.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are no rows, or a column has no value in any of them.</exception>
    public VaeTableInfo Read(IDataView data)
    {
        List<DataViewSchema.Column> columns = [];
        var surveys = new List<ColumnSurvey>();
        long rows = 0;
        GroupAgreement.Check(_group, options);
        _group.Together("before it read its rows", () => columns = Chosen(data.Schema));
        // Before their rows are of one table.
        _group.Agree("columns", Listed(columns.Select(column => $"'{column.Name}' {CellType.Of(column.Type)}")));
        _group.Together("reading its rows", () => rows = Read(data, columns, surveys));
        foreach (var survey in surveys)
            survey.Merge(_group);
        rows = _group.Each(rows).Sum();
        if (rows == 0)
            throw context.Process(new InvalidOperationException("The table has no rows: expected rows to train on."));
        var info = Laid(Columns(surveys, rows));
        Report(info);
        return info;
    }

    private long Read(IDataView data, List<DataViewSchema.Column> columns, List<ColumnSurvey> surveys)
    {
        var rows = 0L;
        using var cursor = data.GetRowCursor(columns);
        foreach (var column in columns)
        {
            surveys.Add(ColumnSurvey.Of(
                cursor, cursor.Schema[column.Index], options.KindOf(column.Name), Seeds.Combine(seed, column.Index)));
        }
        for (; cursor.MoveNext(); rows++)
        {
            if (rows % RowsBetweenLooks == 0)
                options.Training.ThrowIfCancelled();
            foreach (var survey in surveys)
                survey.Take();
        }
        return rows;
    }

    private List<VaeTableColumn> Columns(List<ColumnSurvey> surveys, long rows)
    {
        try
        {
            return surveys.ConvertAll(survey => survey.Column(options, rows));
        }
        catch (InvalidOperationException fault)
        {
            context.Process(fault);
            throw;
        }
    }

    private List<DataViewSchema.Column> Chosen(DataViewSchema schema)
    {
        var faults = new List<string>();
        List<DataViewSchema.Column> chosen = [];
        var named = options.InputColumnNames.IsEmpty ? null : options.InputColumnNames.ToHashSet();
        foreach (var name in (named ?? []).Concat(options.IgnoredColumnNames).Concat(options.ColumnKinds.Keys).Distinct())
        {
            if (schema.GetColumnOrNull(name) is null)
                faults.Add($"column '{name}' is missing; the table has {Listed(Visible(schema).Select(column => $"'{column.Name}'"))}");
        }
        foreach (var column in Visible(schema).Where(column
            => named?.Contains(column.Name) ?? !options.IgnoredColumnNames.Contains(column.Name)))
        {
            if (CellType.Of(column.Type) is { } type)
            {
                if (column.Name == TableNames.Features)
                    faults.Add($"column '{column.Name}' has a name that is used within: expected another");
                else if (options.KindOf(column.Name) is { } kind && !ColumnSurvey.Allowed(type).Contains(kind))
                    faults.Add($"column '{column.Name}' is {type}: expected {Listed(ColumnSurvey.Allowed(type))}, but found {kind}");
                else
                    chosen.Add(column);
            }
            else if (named is not null)
            {
                faults.Add($"column '{column.Name}' is {column.Type}: expected text, a key, a Boolean, a number, a date, or a vector of "
                    + $"numbers of known size. Convert it, or leave it out of {nameof(VaeTableOptions.InputColumnNames)}");
            }
            else
            {
                log.Warn($"Column '{column.Name}' is set aside: there is no rule for {column.Type}. Convert it, or name it in "
                    + $"{nameof(VaeTableOptions)}.{nameof(VaeTableOptions.IgnoredColumnNames)}.");
            }
        }
        if (faults.Count == 0 && chosen.Count == 0)
            faults.Add("it has no column that can be modelled");
        return faults.Count == 0 ? chosen
            : throw context.Process(new ArgumentOutOfRangeException(nameof(schema),
                $"The table cannot be trained on: {string.Join("; ", faults)}."));
    }

    private static string Listed<T>(IEnumerable<T> values) => string.Join(", ", values);

    private static IEnumerable<DataViewSchema.Column> Visible(DataViewSchema schema) => schema.Where(column => !column.IsHidden);

    /// <summary>The columns with the places of their features: those of one likelihood side by side.</summary>
    private VaeTableInfo Laid(IReadOnlyList<VaeTableColumn> columns)
    {
        if (columns.All(column => column.Kind is null))
        {
            throw context.Process(new InvalidOperationException("The table cannot be trained on: every column was set aside. "
                + string.Join("; ", columns.Select(column => $"'{column.Name}' {column.Reason}")) + "."));
        }
        var (starts, next) = (new Dictionary<VaeTableField, int>(ReferenceEqualityComparer.Instance), 0);
        foreach (var field in columns.SelectMany(column => column.Fields).OrderBy(field => TableLikelihood.Group(field.Kind)))
        {
            starts[field] = next;
            next += field.Count;
        }
        return new()
        {
            Columns =
            [
                .. columns.Select(column => column with
                {
                    Fields = [.. column.Fields.Select(field => field with { Start = starts[field] })],
                }),
            ],
        };
    }

    private void Report(VaeTableInfo info)
    {
        log.Info($"How the columns are modelled:\n{info}");
        foreach (var column in info.Columns.Where(column => column.Kind is null))
        {
            log.Warn(Invariant($"Column '{column.Name}' is set aside: {column.Reason}. To keep it, give its kind in ")
                + $"{nameof(VaeTableOptions)}.{nameof(VaeTableOptions.ColumnKinds)}; to hear no more of it, name it in "
                + $"{nameof(VaeTableOptions.IgnoredColumnNames)}.");
        }
    }
}
