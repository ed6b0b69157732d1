using System.CommandLine;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>explain</c>: which columns a score comes from, and what was expected in them.</summary>
internal sealed class ExplainCommand
{
    private const int DefaultTop = 3;

    private readonly Argument<string> _model = SharedOptions.Model();
    private readonly Argument<string> _data = SharedOptions.Data();
    private readonly Option<string?> _separator = SharedOptions.Separator();
    private readonly Option<int?> _row = SharedOptions.Count("--row", "Explain row n of the file, the header not counted.");

    private readonly Option<int?> _top
        = SharedOptions.Count("--top", $"Explain the n rows that score highest. Default: {DefaultTop}.");

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new ExplainCommand();
        var command = new Command("explain", "Shows of rows what each column has in the score, and what was expected there.")
        {
            options._model, options._data, options._row, options._top, options._separator,
        };
        Job.On(command, shared, terminal, null, null, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        var (row, top) = (parsed.GetValue(_row), parsed.GetValue(_top));
        if (row is not null && top is not null)
            throw new UsageException("--row and --top exclude each other; give one.");
        using var model = OpenModel.From(job.MlContext, parsed.GetRequiredValue(_model));
        if (model.Vector is not null)
            model.ExpectTable("explain");
        var file = job.Open(
            parsed.GetRequiredValue(_data), model.ReadOptions(SharedOptions.Character(parsed.GetValue(_separator))));
        if (row > file.RowCount)
            throw new InvalidDataException($"'{file.Name}' has {file.RowCount} rows; --row {row} is none of them.");

        var wanted = row is null ? Highest(job, model, file, top ?? DefaultTop) : [(long)row];
        var explained = Explained(job, model, file, wanted);
        var lines = RowLines.Of(file, wanted.ToHashSet());
        ExplainedRow[] rows =
        [
            .. explained.Select(one => one with { Line = lines.TryGetValue(one.Row, out var line) ? line : null })
                .OrderBy(one => wanted.ToList().IndexOf(one.Row)),
        ];
        foreach (var one in rows)
            Show(job, one);
        job.WriteJson(new(rows, job.Elapsed.TotalSeconds, job.Warnings), ResultJson.Default.ExplainResult);
    }

    private static IReadOnlyList<long> Highest(Job job, OpenModel model, TableFile file, int count)
    {
        var summary = new ScoreSummary([ModelColumns.Score], count);
        foreach (var scores in ViewRows.Of(Scored(job, model, file), ModelColumns.Score))
        {
            job.CancellationToken.ThrowIfCancellationRequested();
            summary.Add(scores, null);
        }
        return [.. summary.Top(file).Select(row => row.Row)];
    }

    private static IDataView Scored(Job job, OpenModel model, TableFile file)
    {
        var scored = model.Score(file, job.CancellationToken);
        var missing = new[] { ModelColumns.Score, model.Series is null ? ModelColumns.Contributions : ModelColumns.ChannelScores }
            .Where(name => scored.Schema.GetColumnOrNull(name) is null).ToList();
        return missing.Count == 0 ? scored : throw new InvalidDataException(
            $"The model gives no {string.Join(" and no ", missing)}: train it with 'mlnet-vae fit', or with "
                + "VaeTableOptions.ContributionsColumnName.");
    }

    private static List<ExplainedRow> Explained(Job job, OpenModel model, TableFile file, IReadOnlyList<long> wanted)
    {
        var scored = Scored(job, model, file);
        var shares = model.Series is null ? ModelColumns.Contributions : ModelColumns.ChannelScores;
        var columns = model.Series is null ? Slots(scored, shares) : [.. model.Info.Series!.Columns];
        var hasLabel = scored.Schema.GetColumnOrNull(ModelColumns.PredictedLabel) is not null;
        string[] asked = hasLabel ? [ModelColumns.Score, shares, ModelColumns.PredictedLabel] : [ModelColumns.Score, shares];
        var expected = model.Series is null
            ? ViewRows.Of(model.Table!.Reconstruct(file.View(job.CancellationToken)), columns)
            : ViewRows.Of(scored, ModelColumns.Expected).Select(row => ((float[])row[0]!).Cast<object?>().ToArray());
        int[] places = [.. columns.Select(file.IndexOf)];
        var last = wanted.Count == 0 ? 0 : wanted.Max();
        var result = new List<ExplainedRow>();
        foreach (var (at, (cells, scores, usual)) in file.Rows().Zip(ViewRows.Of(scored, asked), expected).Index())
        {
            job.CancellationToken.ThrowIfCancellationRequested();
            if (at >= last)
                break;
            if (!wanted.Contains(at + 1))
                continue;
            var nats = (float[])scores[1]!;
            result.Add(new(at + 1, null, Finite.OrNull((float)scores[0]!), hasLabel ? (bool)scores[2]! : null,
            [
                .. columns.Select((name, i) => new ExplainedCell(
                    name, Observed(file, cells[places[i]], places[i]), Expected(file.Columns[places[i]], usual[i]), Finite.OrNull(nats[i])))
                    .OrderByDescending(cell => cell.Nats ?? float.NegativeInfinity),
            ]));
        }
        return result;
    }

    private static string? Observed(TableFile file, object? cell, int column)
        => file.IsMissing(cell) ? null : FileCells.Text(cell, file.Columns[column].TimeFormat);

    // A mean has more digits than it has meaning.
    private static string? Expected(FileColumn column, object? cell) => cell switch
    {
        float.NaN or double.NaN or null => null,
        float or double => FileCells.Number(cell) is var mean && Math.Abs(mean) >= 1000
            ? Screen.Number(mean, "F0")
            : Screen.Number(mean, "G4"),
        _ => FileCells.Text(cell, column.TimeFormat),
    };

    private static string[] Slots(IDataView view, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static void Show(Job job, ExplainedRow row)
    {
        job.Screen.Line($"row {Screen.Count(row.Row)}" + (row.Line is { } line ? $", line {Screen.Count(line)}" : "")
            + (row.Score is { } score ? $": score {Screen.Number(score, "F2")} nats" : ": no score")
            + (row.PredictedLabel == true ? ", anomalous" : ""));
        job.Screen.Table(["column", "> observed", "> expected", "> nats"], row.Columns.Select(cell => (string[])
            [cell.Column, cell.Observed ?? "missing", cell.Expected ?? "", Screen.Number(cell.Nats, "F2")]));
    }
}
