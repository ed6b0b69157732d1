using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>A job in a process of its own, for what only a fresh process shows: peak memory, and the time to start.</summary>
internal static class Child
{
    /// <summary>Runs a job of <see cref="ChildJobs"/> to its end.</summary>
    public static ChildResult Run(string job, params string[] arguments)
    {
        using var process = Start(job, arguments);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The job '{job} {string.Join(' ', arguments)}' failed.");
        return JsonSerializer.Deserialize<ChildResult>(output)!;
    }

    /// <summary>Seconds from the start of the process to the first line that it writes.</summary>
    public static double SecondsToFirstLine(string job, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Start(job, arguments);
        if (process.StandardOutput.ReadLine() is null)
            throw new InvalidOperationException($"The job '{job} {string.Join(' ', arguments)}' wrote nothing.");
        var seconds = clock.Elapsed.TotalSeconds;
        process.WaitForExit();
        return seconds;
    }

    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A job that runs on, its standard input and output open.</summary>
    public static Process Start(string job, params string[] arguments)
    {
        var (program, assembly) = (Environment.ProcessPath!, typeof(Child).Assembly.Location);
        // The program's own executable knows its assembly, dotnet is told.
        string[] leading = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [assembly] : [];
        return Process.Start(new ProcessStartInfo(program, [.. leading, "child", job, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
