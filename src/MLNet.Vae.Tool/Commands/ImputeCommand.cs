using System.CommandLine;
using Microsoft.ML;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>impute</c>: a file without holes.</summary>
internal sealed class ImputeCommand
{
    private const string Suffix = " was missing";

    private readonly Argument<string> _data = SharedOptions.Data();

    private readonly Option<string> _output
        = SharedOptions.Output("The filled rows: .csv, .parquet, or - for standard output. What was there stays as it is.");

    private readonly Option<string?> _separator = SharedOptions.Separator();
    private readonly ColumnOptions _columns = new();
    private readonly TrainingOptions _training = new();

    private readonly Option<string?> _model = new("--model")
    {
        Description = "A model of a table. Default: one is trained on the file itself.",
        HelpName = "model",
    };

    private readonly Option<bool> _indicators = new("--indicators")
    {
        Description = $"Add a column 'NAME{Suffix}' for each that is filled.",
    };

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new ImputeCommand();
        var command = new Command("impute", "Fills what is missing: a number with its mean, a category with the most likely one.")
        {
            options._data, options._output, options._model, options._indicators,
        };
        options._columns.AddTo(command);
        options._training.AddTo(command);
        command.Add(options._separator);
        Job.On(command, shared, terminal, options._output, options._training.Seed, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        var separator = SharedOptions.Character(parsed.GetValue(_separator));
        TableFile file;
        VaeImputeTransformer impute;
        if (parsed.GetValue(_model) is { } path)
        {
            Option[] ofTraining = [_columns.Columns, _columns.Except, _columns.Kinds, _training.Epochs, _training.Take];
            if (ofTraining.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
                throw new UsageException($"{option.Name} is of training, and --model has a model; leave one of them out.");
            using var model = OpenModel.From(job.MlContext, path);
            model.ExpectTable("impute");
            file = job.Open(parsed.GetRequiredValue(_data), model.ReadOptions(separator));
            model.Check(file);
            impute = VaeImputeTransformer.From(job.MlContext, path, Suffix);
        }
        else
        {
            file = job.Open(
                parsed.GetRequiredValue(_data), new() { Separator = separator, TextColumns = _columns.TextColumns(parsed) });
            impute = Fitted(job, parsed, file);
            job.Screen.Line($"{impute.Table}");
        }
        using (impute)
            Fill(job, parsed, file, impute);
    }

    private VaeImputeTransformer Fitted(Job job, ParseResult parsed, TableFile file)
    {
        var options = _columns.Of(parsed, file, VaeTableOptions.Imputation(parsed.GetValue(_training.Seed)));
        var rows = file.View(job.CancellationToken);
        if (parsed.GetValue(_training.Take) is { } take)
            rows = job.MlContext.Data.TakeRows(rows, take);
        return job.Train(
            training => Job.Made(() => job.MlContext.Transforms.VaeImpute(options with { Training = training }, Suffix)).Fit(rows),
            _training.Of(parsed, options.Training));
    }

    private void Fill(Job job, ParseResult parsed, TableFile file, VaeImputeTransformer impute)
    {
        string[] names = [.. impute.Table.Columns.Where(column => column.Kind is not null).Select(column => column.Name)];
        int[] places = [.. names.Select(file.IndexOf)];
        var filled = impute.Transform(file.View(job.CancellationToken));
        // A column that can have no hole, such as one of Booleans, has no column that says so.
        var flagged = names.Select(name => filled.Schema.GetColumnOrNull(name + Suffix) is not null).ToArray();
        var (counts, left) = (new long[names.Length], new long[file.Columns.Count]);
        var withIndicators = parsed.GetValue(_indicators);
        var rows = file.Rows().Zip(ViewRows.Of(filled, [.. names, .. names.Where((_, i) => flagged[i]).Select(name => name + Suffix)]),
            (cells, values) =>
            {
                var next = names.Length;
                List<object?> row = [.. cells], indicators = [];
                for (var i = 0; i < names.Length; i++)
                {
                    if (!flagged[i])
                        continue;
                    var wasMissing = (bool)values[next++]!;
                    indicators.Add(wasMissing);
                    if (!wasMissing)
                        continue;
                    row[places[i]] = values[i];
                    counts[i]++;
                }
                for (var i = 0; i < cells.Length; i++)
                    left[i] += ReferenceEquals(row[i], cells[i]) && file.IsMissing(cells[i]) ? 1 : 0;
                if (withIndicators)
                    row.AddRange(indicators);
                return (IReadOnlyList<object?>)row;
            });
        var output = parsed.GetRequiredValue(_output);
        job.Write(output,
            [
                .. file.Columns.Select(OutputColumn.Of),
                .. withIndicators ? names.Where((_, i) => flagged[i]).Select(name => OutputColumn.Of<bool>(name + Suffix)) : [],
            ],
            (file as CsvFile)?.Separator ?? ',', rows);

        var byColumn = names.Index().Where(column => counts[column.Index] > 0)
            .ToDictionary(column => column.Item, column => counts[column.Index]);
        var still = file.Columns.Index().Where(column => left[column.Index] > 0)
            .ToDictionary(column => column.Item.Name, column => left[column.Index]);
        if (byColumn.Count > 0)
        {
            job.Screen.Table(["column", "> filled"], byColumn.Select(column => (string[])[column.Key, Screen.Count(column.Value)]));
        }
        job.Screen.Line($"{Screen.Count(file.RowCount)} rows, {Screen.Count(counts.Sum())} cells filled, {Screen.Seconds(job.Elapsed)}");
        if (still.Count > 0)
        {
            job.Screen.Line("missing as before, as the model does not have them: "
                + string.Join(", ", still.Select(column => $"{Screen.Count(column.Value)} of '{column.Key}'")));
        }
        job.Screen.Line($"wrote {output}");
        job.WriteJson(new(file.RowCount, byColumn, still, output, job.Elapsed.TotalSeconds, job.Warnings), ResultJson.Default.ImputeResult);
    }
}
