using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Spectre.Console;

namespace Examples;

/// <summary>Headings, times and tables, on a terminal and in a file.</summary>
internal static class Output
{
    private const int WidthWhenRedirected = 140;

    /// <summary>Runs a program's job; what a user can mend becomes a line instead of a stack trace.</summary>
    /// <returns>The exit code: the job's, or 1.</returns>
    public static int Run(Func<int> job)
    {
        SetUp();
        try
        {
            return job();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            Console.Error.WriteLine($"error: {e.Message}");
            return 1;
        }
    }

    /// <summary>Prints what ML.NET and the trainers warn of, once where several models of the same data have the same warning.</summary>
    public static void ShowWarnings(MLContext mlContext)
    {
        var shown = new HashSet<string>();
        mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning && shown.Add(message.RawMessage))
            {
                AnsiConsole.MarkupLineInterpolated($"[yellow]warning: {message.RawMessage}[/]");
            }
        };
    }

    public static void Heading(string text)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{text}[/]");
    }

    public static void Line(string text) => AnsiConsole.MarkupLineInterpolated($"{text}");

    public static T Timed<T>(string what, Func<StatusContext, T> work)
    {
        var watch = Stopwatch.StartNew();
        var result = AnsiConsole.Status().Start(Markup.Escape($"{what} …"), work);
        Line($"{what}: {Seconds(watch.Elapsed)}");
        return result;
    }

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds:F1} s";

    public static TableColumn Left(string name) => new(Markup.Escape(name));

    public static TableColumn Right(string name) => Left(name).RightAligned();

    public static void Table(TableColumn[] columns, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(columns);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        AnsiConsole.Write(table);
    }

    public static void Files(string folder)
    {
        Line(folder);
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            Line($"  {file.Name,-14} {file.Length / 1024.0,8:N0} KiB");
        }
    }

    /// <summary>Plain text where the output is no terminal.</summary>
    private static void SetUp()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Console = AnsiConsole.Create(new()
            {
                Ansi = AnsiSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
                Interactive = InteractionSupport.No,
            });
            AnsiConsole.Profile.Width = WidthWhenRedirected;
        }
    }
}
