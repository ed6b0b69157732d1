using MLNet.Vae.Tool;
using MLNet.Vae.Tool.Terminals;

namespace MLNet.Vae.Tests.Tool;

/// <summary>The command line, run to its end in this process.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static Task<ToolRun> Of(params string[] arguments) => Of(Stream.Null, CancellationToken.None, arguments);

    /// <param name="input">What <c>-</c> reads.</param>
    /// <param name="cancellationToken">Cancels as Ctrl-C does.</param>
    /// <param name="arguments">The command line.</param>
    public static async Task<ToolRun> Of(Stream input, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var rows = new MemoryStream();
        var exitCode = await CommandLine.Run(
            arguments,
            new Terminal { Output = output, Error = error, OpenInput = () => input, OpenOutput = () => rows },
            cancellationToken);
        return new(exitCode, output.ToString() + System.Text.Encoding.UTF8.GetString(rows.ToArray()), error.ToString());
    }

    /// <summary>One that must end well.</summary>
    public static async Task<ToolRun> Done(params string[] arguments)
    {
        var run = await Of(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run;
    }
}
