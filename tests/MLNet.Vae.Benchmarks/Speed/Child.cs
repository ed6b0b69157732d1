using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>A job in a process of its own, for what only a fresh process shows: peak memory, and the time to start.</summary>
internal static class Child
{
    private const string Host = "dotnet";

    /// <summary>Runs a job of the command <c>child</c> to its end.</summary>
    public static ChildResult Run(string job, params string[] arguments)
        => JsonSerializer.Deserialize<ChildResult>(ChildProcess.Output(Start(job, arguments)))!;

    /// <summary>Seconds from the start of the process to the line of <see cref="Line"/>, which has to be the first.</summary>
    public static double SecondsToFirstLine(string job, params string[] arguments)
        => ChildProcess.SecondsToFirstLine(Start(job, arguments), line => IsLine(job, line));

    /// <summary>What a job writes that is timed to its first line.</summary>
    public static string Line(string job, float value) => string.Create(CultureInfo.InvariantCulture, $"{job} {value}");

    /// <summary>Whether a line is <see cref="Line"/> with a value that is finite.</summary>
    public static bool IsLine(string job, string line)
        => line.StartsWith($"{job} ", StringComparison.Ordinal)
            && float.TryParse(line.AsSpan(job.Length + 1), CultureInfo.InvariantCulture, out var value) && float.IsFinite(value);

    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A job that runs on, its standard input and output open.</summary>
    public static Process Open(string job, params string[] arguments)
    {
        var start = Start(job, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        return Process.Start(start)!;
    }

    /// <summary>
    /// What starts this program again: itself where it is an executable of its own, the host with its assembly where the host runs it.
    /// </summary>
    public static ProcessStartInfo Command(string processPath, string assembly, string job, params string[] arguments)
    {
        var isHost = Path.GetFileNameWithoutExtension(processPath).Equals(Host, StringComparison.OrdinalIgnoreCase);
        return new(processPath, [.. isHost ? new[] { assembly } : [], "child", job, .. arguments]);
    }

    private static ProcessStartInfo Start(string job, string[] arguments)
        => Command(Environment.ProcessPath!, typeof(Child).Assembly.Location, job, arguments);
}
