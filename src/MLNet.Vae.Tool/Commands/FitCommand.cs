using System.CommandLine;
using Microsoft.ML;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>fit</c>: a detector of rows unlike the others, or of readings unlike those before.</summary>
internal sealed class FitCommand
{
    private readonly Argument<string> _data = SharedOptions.Data();
    private readonly Option<string> _output = SharedOptions.Output("The model, a model.zip.");
    private readonly Option<string?> _separator = SharedOptions.Separator();
    private readonly ColumnOptions _columns = new();
    private readonly TrainingOptions _training = new();

    private readonly Option<string?> _label = new("--label")
    {
        Description = "A column that is left out of the model, and that 'score' is compared with.",
        HelpName = "column",
    };

    private readonly Option<double?> _contamination = new("--contamination")
    {
        Description = "Share of normal rows that may be predicted anomalous, above 0 and at most 0.5. Default: 0.05.",
        HelpName = "share",
    };

    private readonly Option<bool> _sampler = new("--sampler")
    {
        Description = "Also fit what 'sample' draws rows by; takes about as long again.",
    };

    private readonly Option<string?> _time = new("--time")
    {
        Description = "Rows are readings, in the order of this column: a series detector.",
        HelpName = "column",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "Each value of this column is a series of its own: a series detector.",
        HelpName = "column",
    };

    private readonly Option<int?> _steps
        = SharedOptions.Count("--steps", $"Readings that a window has: a series detector. Default: {VaeWindowOptions.DefaultSteps}.");

    private readonly Option<TimeSpan?> _gap = new("--maximum-gap")
    {
        Description = "After more than this between two readings a window begins anew, hh:mm:ss.",
        HelpName = "time",
    };

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new FitCommand();
        var command = new Command("fit", "Trains on a file of rows, normal ones where there are such, and writes a model.zip.")
        {
            options._data, options._output,
        };
        options._columns.AddTo(command);
        command.Add(options._label);
        command.Add(options._contamination);
        options._training.AddTo(command);
        command.Add(options._sampler);
        command.Add(options._time);
        command.Add(options._key);
        command.Add(options._steps);
        command.Add(options._gap);
        command.Add(options._separator);
        Job.On(command, shared, terminal, null, options._training.Seed, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        var (time, key) = (parsed.GetValue(_time), parsed.GetValue(_key));
        var isSeries = time is not null || key is not null || parsed.GetValue(_steps) is not null || parsed.GetValue(_gap) is not null;
        CheckUsage(parsed, isSeries);
        var text = _columns.TextColumns(parsed).ToHashSet();
        if (key is not null)
            text.Add(key);
        var file = job.Open(parsed.GetRequiredValue(_data), new()
        {
            Separator = SharedOptions.Character(parsed.GetValue(_separator)),
            TextColumns = text,
        });
        var rows = file.View(job.CancellationToken);
        if (parsed.GetValue(_training.Take) is { } take)
            rows = job.MlContext.Data.TakeRows(rows, take);
        var count = Math.Min(file.RowCount, parsed.GetValue(_training.Take) ?? long.MaxValue);
        if (isSeries)
            FitSeries(job, parsed, file, rows, count);
        else
            FitTable(job, parsed, file, rows, count);
    }

    private void CheckUsage(ParseResult parsed, bool isSeries)
    {
        if (!isSeries)
            return;
        if (parsed.GetValue(_sampler))
            throw new UsageException("--sampler is for tables: leave it out, or --time, --key, --steps and --maximum-gap.");
        if (parsed.GetValue(_contamination) is not null)
            throw new UsageException("--contamination is for tables: a series is judged by nats of evidence; use 'score --threshold'.");
        if (parsed.GetValue(_columns.Kinds)!.Length > 0)
            throw new UsageException("--kind is for tables: the channels of a series are numbers.");
    }

    private void FitTable(Job job, ParseResult parsed, TableFile file, IDataView rows, long count)
    {
        string[] label = parsed.GetValue(_label) is { } name ? [name] : [];
        var options = _columns.Of(parsed, file, new()
        {
            ContributionsColumnName = ModelColumns.Contributions,
            Sampler = parsed.GetValue(_sampler) ? new() : null,
        }, label);
        if (parsed.GetValue(_contamination) is { } contamination)
            options = options with { Contamination = contamination };
        using var model = job.Train(training => Job.Made(() => job.MlContext.AnomalyDetection.Trainers.Vae(
            options with { Training = training })).Fit(rows), _training.Of(parsed, options.Training));
        job.Screen.Line($"{model.Table}");
        Finish(job, parsed, model, rows, model.Model.Info, "table", count);
    }

    private void FitSeries(Job job, ParseResult parsed, TableFile file, IDataView rows, long count)
    {
        string?[] named = [parsed.GetValue(_time), parsed.GetValue(_key), parsed.GetValue(_label)];
        string[] unseen =
        [
            .. named.OfType<string>().Select(name => file.Column(name).Name), .. file.Names(parsed.GetValue(_columns.Except)!),
        ];
        var given = file.Names(parsed.GetValue(_columns.Columns)!);
        string[] channels = given.Count > 0 ? [.. given] :
        [
            .. file.Columns.Where(column => column.Kind is CellKind.Single or CellKind.Double && !unseen.Contains(column.Name))
                .Select(column => column.Name),
        ];
        if (channels.Length == 0)
            throw new InvalidDataException($"'{file.Name}' has no column of numbers to be a channel.");
        var options = new VaeSeriesOptions
        {
            Window = new()
            {
                Columns = [.. channels],
                Steps = parsed.GetValue(_steps) ?? VaeWindowOptions.DefaultSteps,
                KeyColumnName = parsed.GetValue(_key),
                TimeColumnName = parsed.GetValue(_time),
                MaximumGap = parsed.GetValue(_gap),
            },
        };
        using var model = job.Train(training => Job.Made(() => job.MlContext.AnomalyDetection.Trainers.VaeSeries(
            options with { Training = training })).Fit(rows), _training.Of(parsed, options.Training));
        job.Screen.Table(["channel", ">worth, readings", "judged"], model.Model.Info.Series!.Channels.Select(channel => (string[])
            [channel.Name, Screen.Number(channel.EffectiveReadings, "F0"), channel.IsJudged ? "yes" : "no: too few"]));
        Finish(job, parsed, model, rows, model.Model.Info, "series", count);
    }

    private void Finish(Job job, ParseResult parsed, ITransformer model, IDataView rows, VaeModelInfo info, string kind, long count)
    {
        var path = parsed.GetRequiredValue(_output);
        job.CancellationToken.ThrowIfCancellationRequested();
        job.MlContext.Model.SaveAtomically(model, rows.Schema, path);
        var result = FitResult.Of(path, kind, count, info, parsed.GetValue(_training.Seed), job.Elapsed, job.Warnings);
        job.Screen.Line();
        job.Screen.Line($"{Screen.Count(count)} rows, {result.Epochs} epochs (the best: {result.BestEpoch}), held-out bound "
            + $"{Screen.Number(result.HeldOutBound, "F2")} nats, {Screen.Seconds(job.Elapsed)}");
        job.Screen.Line($"threshold {Screen.Number(result.Threshold, "F2")} nats"
            + (result.Contamination is { } share ? $": {Screen.Number(share, "P0")} of normal rows may be above" : ""));
        job.Screen.Line($"wrote {path}, {Screen.Count(new FileInfo(path).Length / 1024)} KiB");
        job.WriteJson(result, ResultJson.Default.FitResult);
    }
}
