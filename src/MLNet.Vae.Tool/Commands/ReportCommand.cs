using System.CommandLine;
using Microsoft.ML;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>report</c>: one HTML file that opens without a network.</summary>
internal sealed class ReportCommand
{
    private const double HeldOutShare = 0.25;

    private readonly Argument<string> _model = SharedOptions.Model();
    private readonly Argument<string> _data = SharedOptions.Data();
    private readonly Option<string> _output = SharedOptions.Output("The page, .html.");
    private readonly Option<string?> _separator = SharedOptions.Separator();
    private readonly Option<int> _seed = SharedOptions.Seed();

    private readonly Option<string?> _synthetic = new("--synthetic")
    {
        Description = "Rows of 'sample': the page compares them with the data.",
        HelpName = "file",
    };

    private readonly Option<string?> _heldOut = new("--held-out")
    {
        Description = "With --synthetic, real rows that the model was not trained on. Default: a quarter of the data.",
        HelpName = "file",
    };

    private readonly Option<string?> _label = new("--label")
    {
        Description = "A column of labels: true anomalies, or with --synthetic what trees are to predict.",
        HelpName = "column",
    };

    private readonly Option<string?> _id = new("--id")
    {
        Description = "A column that names the rows that are shown.",
        HelpName = "column",
    };

    private readonly Option<string?> _title = new("--title") { Description = "The heading of the page.", HelpName = "text" };

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new ReportCommand();
        var command = new Command("report", "Writes a page: what a model does with data, or how good and how private synthetic rows are.")
        {
            options._model, options._data, options._output, options._synthetic, options._heldOut, options._label, options._id,
            options._title, options._seed, options._separator,
        };
        Job.On(command, shared, terminal, null, null, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        using var model = OpenModel.From(job.MlContext, parsed.GetRequiredValue(_model));
        var path = parsed.GetRequiredValue(_output);
        if (path == "-")
            throw new UsageException("A page is a file: name one with --output.");
        if (parsed.GetValue(_heldOut) is not null && parsed.GetValue(_synthetic) is null)
            throw new UsageException("--held-out is what --synthetic is compared with; give both.");
        var (page, verdicts) = parsed.GetValue(_synthetic) is { } synthetic
            ? model.Table is null
                ? throw new InvalidDataException($"'{parsed.GetRequiredValue(_model)}' is {model.Kind}; --synthetic needs one of a table.")
                : ("synthetic", WriteSynthetic(job, parsed, model, synthetic, path))
            : model.Series is not null ? ("series", WriteSeries(job, parsed, model, path))
            : (model.Table is null ? "model" : "table", WriteRows(job, parsed, model, path));
        foreach (var verdict in verdicts)
            job.Screen.Line(verdict);
        job.Screen.Line($"wrote {path}, {Screen.Count(new FileInfo(path).Length / 1024)} KiB, {Screen.Seconds(job.Elapsed)}");
        job.WriteJson(
            new(page, path, verdicts, job.Elapsed.TotalSeconds, job.Warnings), ResultJson.Default.ReportResult);
    }

    private TableFile Open(Job job, ParseResult parsed, OpenModel model, string path)
    {
        var file = job.Open(path, model.ReadOptions(SharedOptions.Character(parsed.GetValue(_separator))));
        model.Check(file);
        return file;
    }

    private IReadOnlyList<string> WriteSynthetic(Job job, ParseResult parsed, OpenModel model, string synthetic, string path)
    {
        var (real, token) = (Open(job, parsed, model, parsed.GetRequiredValue(_data)), job.CancellationToken);
        var drawn = Open(job, parsed, model, synthetic);
        IDataView training = real.View(token), heldOut;
        if (parsed.GetValue(_heldOut) is { } other)
        {
            heldOut = Open(job, parsed, model, other).View(token);
        }
        else
        {
            job.Warn("a quarter of the data stands for rows that the model was not trained on; where it was trained on them, privacy looks "
                + "better than it is: give such rows with --held-out.");
            var split = job.MlContext.Data.TrainTestSplit(training, HeldOutShare, seed: parsed.GetValue(_seed));
            (training, heldOut) = (split.TrainSet, split.TestSet);
        }
        string[] times = [.. model.Info.Table!.Columns.Where(column => column.Kind == VaeColumnKind.Time).Select(column => column.Name)];
        if (times.Length > 0)
            job.Warn($"times are left out of the page: {string.Join(", ", times.Select(name => $"'{name}'"))}.");
        var options = new VaeTableReportOptions
        {
            ColumnNames = [.. model.Inputs.Except(times)],
            LabelColumnName = parsed.GetValue(_label),
            Seed = parsed.GetValue(_seed),
        };
        if (parsed.GetValue(_title) is { } title)
            options = options with { Title = title };
        var quality = VaeTableReport.Write(job.MlContext, training, heldOut, drawn.View(token), path, options);
        return [.. new[]
        {
            quality.ColumnsVerdict, quality.Associations.Verdict, quality.Detection?.Verdict, quality.Utility?.Verdict,
            quality.Privacy.Verdict,
        }.OfType<string>()];
    }

    private IReadOnlyList<string> WriteSeries(Job job, ParseResult parsed, OpenModel model, string path)
    {
        var info = model.Info.Series!;
        var file = Open(job, parsed, model, parsed.GetRequiredValue(_data));
        var options = new VaeSeriesReportOptions
        {
            ChannelColumnNames = [.. info.Columns],
            KeyColumnName = info.KeyColumn,
            TimeColumnName = info.TimeColumn,
            ExpectedColumnName = ModelColumns.Expected,
            LabelColumnName = parsed.GetValue(_label) is { } label ? file.Column(label).Name : null,
            Threshold = model.Series!.Threshold,
        };
        if (parsed.GetValue(_title) is { } title)
            options = options with { Title = title };
        VaeSeriesReport.Write(job.MlContext, model.Score(file, job.CancellationToken), path, options);
        return [];
    }

    private IReadOnlyList<string> WriteRows(Job job, ParseResult parsed, OpenModel model, string path)
    {
        var file = Open(job, parsed, model, parsed.GetRequiredValue(_data));
        var options = new VaeReportOptions
        {
            LabelColumnName = parsed.GetValue(_label) is { } label ? file.Column(label).Name : null,
            IdColumnName = parsed.GetValue(_id) is { } id ? file.Column(id).Name : null,
            Seed = parsed.GetValue(_seed),
            Title = parsed.GetValue(_title),
        };
        var view = file.View(job.CancellationToken);
        var report = model.Table is { } table
            ? VaeReport.Create(job.MlContext, table, view, options)
            : VaeReport.Create(job.MlContext, model.Vector!, model.Features(view), options);
        report.Save(path);
        return report.Warnings;
    }
}
