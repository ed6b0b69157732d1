using System.CommandLine;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>score</c>: how unlike those of training rows are, or what is wrong with readings.</summary>
internal sealed class ScoreCommand
{
    private const int DefaultTop = 10;

    private readonly Argument<string> _model = SharedOptions.Model();
    private readonly Argument<string> _data = SharedOptions.Data();
    private readonly Option<string?> _separator = SharedOptions.Separator();
    private readonly Option<int?> _top = SharedOptions.Count("--top", $"Show the n rows that score highest. Default: {DefaultTop}.");

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The rows with Score, PredictedLabel and PValue behind their columns: .csv, .parquet, or - for standard output.",
        HelpName = "file",
    };

    private readonly Option<string?> _label = new("--label")
    {
        Description = "A column that says which rows are anomalous; the area under the ROC curve is told.",
        HelpName = "column",
    };

    private readonly Option<string?> _anomalous = new("--anomalous")
    {
        Description = "The value of the label that means anomalous. Default: 1 or true.",
        HelpName = "value",
    };

    private readonly Option<double?> _threshold = new("--threshold")
    {
        Description = "Predict as anomalous what scores above, in nats. Default: the model's.",
        HelpName = "nats",
    };

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new ScoreCommand();
        var command = new Command("score", "Scores the rows of a file, one after the other, in constant memory.")
        {
            options._model, options._data, options._output, options._top, options._label, options._anomalous, options._threshold,
            options._separator,
        };
        Job.On(command, shared, terminal, options._output!, null, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        if (parsed.GetValue(_anomalous) is not null && parsed.GetValue(_label) is null)
            throw new UsageException("--anomalous is a value of the column that --label names; give both.");
        using var model = OpenModel.From(job.MlContext, parsed.GetRequiredValue(_model), parsed.GetValue(_threshold));
        var label = parsed.GetValue(_label);
        string[] text = label is null ? [] : [label];
        var separator = SharedOptions.Character(parsed.GetValue(_separator));
        var file = job.Open(parsed.GetRequiredValue(_data), model.ReadOptions(separator, text));
        var scored = model.Score(file, job.CancellationToken);
        string[] added = [ModelColumns.Score, ModelColumns.PredictedLabel, ModelColumns.PValue];
        if (added.FirstOrDefault(name => file.Columns.Any(column => column.Name == name)) is { } hidden)
        {
            throw new InvalidDataException(
                $"'{file.Name}' has a column '{hidden}' already, which the model's would hide; rename it or leave it out.");
        }
        var names = added.Where(name => scored.Schema.GetColumnOrNull(name) is not null).ToList();
        if (!names.Contains(ModelColumns.Score))
        {
            throw new InvalidDataException(
                $"'{parsed.GetRequiredValue(_model)}' gives no Score: it was not trained as a detector. 'mlnet-vae fit' trains one.");
        }

        var summary = new ScoreSummary(names, parsed.GetValue(_top) ?? DefaultTop);
        var labels = label is null ? null : new LabelColumn(file, label, parsed.GetValue(_anomalous));
        var rows = file.Rows().Zip(ViewRows.Of(scored, names), (cells, scores) =>
        {
            summary.Add(scores, labels?.Text(cells));
            labels?.Add(cells, scores);
            return (object?[])[.. cells, .. scores];
        });
        if (parsed.GetValue(_output) is { } output)
        {
            job.Write(output, [.. file.Columns.Select(OutputColumn.Of), .. names.Select(Column)],
                (file as CsvFile)?.Separator ?? ',', rows);
        }
        else
        {
            foreach (var _ in rows)
                job.CancellationToken.ThrowIfCancellationRequested();
        }
        Show(job, parsed, summary, labels?.AreaUnderRocCurve(job.MlContext), file, model);
    }

    private void Show(Job job, ParseResult parsed, ScoreSummary summary, double? area, TableFile file, OpenModel model)
    {
        var top = summary.Top(file);
        var threshold = model.Series?.Threshold ?? model.Table?.Threshold ?? model.Vector?.Threshold;
        var columns = new (string Heading, bool IsShown, Func<ScoredRow, string> Text)[]
        {
            ("> row", true, row => Screen.Count(row.Row)),
            ("> line", file is CsvFile, row => row.Line is { } line ? Screen.Count(line) : ""),
            ("> score", true, row => Screen.Number(row.Score, "F2")),
            ("anomalous", top.Any(row => row.PredictedLabel is not null), row => row.PredictedLabel == true ? "yes" : "no"),
            ("> p-value", top.Any(row => row.PValue is not null), row => Screen.Number(row.PValue, "F4")),
            (parsed.GetValue(_label) ?? "", parsed.GetValue(_label) is not null, row => row.Label ?? ""),
        }.Where(column => column.IsShown).ToList();
        job.Screen.Table(
            [.. columns.Select(column => column.Heading)],
            top.Select(row => (string[])[.. columns.Select(column => column.Text(row))]));
        job.Screen.Line($"{Screen.Count(summary.Rows)} rows, {Screen.Count(summary.Anomalies)} of them anomalous"
            + (threshold is { } nats ? $" (above {Screen.Number(nats, "F2")} nats)" : "")
            + (summary.Unscored > 0 ? $", {Screen.Count(summary.Unscored)} without a score" : "") + $", {Screen.Seconds(job.Elapsed)}");
        if (area is not null)
            job.Screen.Line($"area under the ROC curve, against '{parsed.GetValue(_label)}': {Screen.Number(area, "F4")}");
        if (parsed.GetValue(_output) is { } output)
            job.Screen.Line($"wrote {output}");
        job.WriteJson(new(summary.Rows, summary.Anomalies, summary.Unscored, threshold, area, parsed.GetValue(_output), top,
            job.Elapsed.TotalSeconds, job.Warnings), ResultJson.Default.ScoreResult);
    }

    private static OutputColumn Column(string name)
        => name == ModelColumns.PredictedLabel ? OutputColumn.Of<bool>(name) : OutputColumn.Of<float>(name);
}
