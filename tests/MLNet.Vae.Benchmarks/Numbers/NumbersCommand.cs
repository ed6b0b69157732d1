using System.CommandLine;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary><c>numbers</c>: the tables of docs/numbers.md on the standard output, progress on the other.</summary>
internal static class NumbersCommand
{
    public static Command Create()
    {
        var full = new Option<bool>("--full")
        {
            Description = "Take hours, for the figures that deserve it; otherwise less than ten minutes on two cores.",
        };
        var only = new Option<string[]>("--only") { Description = "Measure these tables only.", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. NumbersReport.Tables.Select(table => table.Name)]);
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Folder of data sets. What is missing is named and skipped.",
            DefaultValueFactory = _ => new(Path.Combine("..", "shared", "data")),
        };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads of torch.",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--threads must be at least 1.");
        });

        var command = new Command("numbers", "Measures the library against known figures and prints the tables as Markdown.")
        {
            full,
            only,
            data,
            threads,
        };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(only) ?? [];
            var options = new NumbersOptions(
                parsed.GetRequiredValue(data), parsed.GetValue(full), parsed.GetValue(threads), line => Console.Error.WriteLine(line));
            NumbersReport.Write(NumbersReport.Tables.Where(table => names.Length == 0 || names.Contains(table.Name)), options, Console.Out);
        });
        return command;
    }
}
