using System.Diagnostics;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Processes whose failure is never taken for a figure: another exit code than 0, or another line than expected, throws.</summary>
internal static class ChildProcess
{
    /// <summary>Runs to the end.</summary>
    /// <returns>All that it wrote to its standard output.</returns>
    public static string Output(ProcessStartInfo start)
    {
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEnd();
        RequireSuccess(process, start);
        return output;
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="start">What to run.</param>
    /// <param name="isExpected">Of the first line: whether it says that the work was done.</param>
    /// <returns>Seconds from the start of the process to the first line that it wrote.</returns>
    public static double SecondsToFirstLine(ProcessStartInfo start, Func<string, bool> isExpected)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(start);
        var line = process.StandardOutput.ReadLine();
        var seconds = clock.Elapsed.TotalSeconds;
        process.StandardOutput.ReadToEnd();
        RequireSuccess(process, start);
        return line is not null && isExpected(line)
            ? seconds
            : throw new InvalidOperationException(
                $"'{Describe(start)}' wrote {(line is null ? "nothing" : $"'{line}'")}, which is not the line expected."
            );
    }

    private static Process Start(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        return Process.Start(start)!;
    }

    private static void RequireSuccess(Process process, ProcessStartInfo start)
    {
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{Describe(start)}' failed: its exit code is {process.ExitCode}.");
    }

    private static string Describe(ProcessStartInfo start) => string.Join(' ', [start.FileName, .. start.ArgumentList]);
}
