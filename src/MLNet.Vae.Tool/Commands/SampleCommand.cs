using System.CommandLine;
using MLNet.Vae.Tool.Files;
using MLNet.Vae.Tool.Results;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool.Commands;

/// <summary><c>sample</c>: rows like those of training.</summary>
internal sealed class SampleCommand
{
    private readonly Argument<string> _model = SharedOptions.Model();

    private readonly Option<string> _output = SharedOptions.Output("The rows: .csv, .parquet, or - for standard output.");

    private readonly Option<int?> _count = SharedOptions.Count("--rows", "Rows to draw.", "-n");

    private readonly Option<int> _seed = SharedOptions.Seed();

    private readonly Option<string[]> _given = new("--given")
    {
        Description = "A value that a column is to have in all rows. May be given for several.",
        HelpName = "column=value",
        DefaultValueFactory = _ => [],
    };

    public static Command Create(SharedOptions shared, Terminal terminal)
    {
        var options = new SampleCommand();
        options._count.Required = true;
        options._given.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
                result.AddError($"--given '{token.Value}' is no column=value.");
        });
        var command = new Command("sample", "Draws synthetic rows from a model that was trained with --sampler.")
        {
            options._model, options._count, options._output, options._given, options._seed,
        };
        Job.On(command, shared, terminal, options._output, null, options.Run);
        return command;
    }

    private void Run(Job job, ParseResult parsed)
    {
        using var model = OpenModel.From(job.MlContext, parsed.GetRequiredValue(_model));
        var table = model.ExpectTable("sample");
        if (table.Table.Sampler is null)
        {
            throw new InvalidDataException(
                $"'{parsed.GetRequiredValue(_model)}' has nothing to draw rows by: train it with 'mlnet-vae fit --sampler'.");
        }
        var given = parsed.GetValue(_given)!.Select(text => (Name: text[..text.IndexOf('=')], Value: text[(text.IndexOf('=') + 1)..]))
            .GroupBy(pair => pair.Name).ToDictionary(
                same => same.Key,
                same => IsTime(table.Table, same.Key) ? FileCells.Time(same.Last().Value) : (object)same.Last().Value);
        var (count, output) = (parsed.GetValue(_count)!.Value, parsed.GetRequiredValue(_output));
        var rows = table.Sample(count, parsed.GetValue(_seed), given);
        job.CancellationToken.ThrowIfCancellationRequested();
        string[] names = [.. rows.Schema.Select(column => column.Name)];
        job.Write(output, [.. names.Select(name => Column(table.Table.Columns.First(column => column.Name == name)))], ',',
            ViewRows.Of(rows, names));
        job.Screen.Line($"{Screen.Count(count)} rows of {names.Length} columns, {Screen.Seconds(job.Elapsed)}");
        job.Screen.Line($"wrote {output}");
        job.WriteJson(new(count, names, parsed.GetValue(_seed), output, job.Elapsed.TotalSeconds, job.Warnings),
            ResultJson.Default.SampleResult);
    }

    /// <summary>Numbers and categories are given as text, a time as one.</summary>
    private static bool IsTime(VaeTableInfo table, string name)
        => table.Columns.Any(column => column.Name == name && column.Kind == VaeColumnKind.Time);

    private static OutputColumn Column(VaeTableColumn column) => column switch
    {
        { Type: "Text" or "Key" } => OutputColumn.Of<string>(column.Name),
        { Type: "Boolean" } => OutputColumn.Of<bool>(column.Name),
        { Type: "DateTime" } => OutputColumn.Of<DateTime>(column.Name),
        { IsInteger: true } => OutputColumn.Of<long>(column.Name),
        _ => OutputColumn.Of<double>(column.Name),
    };
}
