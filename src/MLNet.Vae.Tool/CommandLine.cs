using System.CommandLine;
using System.CommandLine.Invocation;
using MLNet.Vae.Tool.Commands;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tool;

/// <summary>The program: a command, its options, an exit code.</summary>
internal static class CommandLine
{
    /// <summary>A command that is cancelled is to end within this time.</summary>
    private static readonly TimeSpan CancellationTime = TimeSpan.FromSeconds(30);

    /// <returns>See <see cref="ExitCodes"/>.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var parsed = Root(terminal).Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                terminal.Error.WriteLine($"error: {error.Message}");
            var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            terminal.Error.WriteLine($"'mlnet-vae{command} --help' has the commands and options.");
            return ExitCodes.BadUsage;
        }

        return await parsed.InvokeAsync(
            new()
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = CancellationTime,
            },
            cancellationToken);
    }

    private static RootCommand Root(Terminal terminal)
    {
        var shared = new SharedOptions();
        var root = new RootCommand(
            "Variational autoencoders of tables (CSV, Parquet) and of series of sensor readings: what a row is worth, why, what is missing "
                + "in it, and rows like it.")
        {
            shared.Json,
            shared.Verbose,
            FitCommand.Create(shared, terminal),
            ScoreCommand.Create(shared, terminal),
            ExplainCommand.Create(shared, terminal),
            ImputeCommand.Create(shared, terminal),
            SampleCommand.Create(shared, terminal),
            ReportCommand.Create(shared, terminal),
            ServeCommand.Create(shared, terminal),
        };
        return root;
    }
}
