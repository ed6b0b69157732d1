using System.Globalization;
using Spectre.Console;

namespace MLNet.Vae.Tool.Terminals;

/// <summary>Lines and tables for people: plain text where the writer is no terminal.</summary>
internal sealed class Screen
{
    private const int WidthOfFile = 160;

    private readonly IAnsiConsole _console;

    public Screen(TextWriter writer, bool isInteractive)
    {
        _console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isInteractive)
            _console.Profile.Width = WidthOfFile;
        IsInteractive = isInteractive;
    }

    public bool IsInteractive { get; }

    /// <summary>What draws progress.</summary>
    public IAnsiConsole Console => _console;

    public void Line(string text = "") => _console.Profile.Out.Writer.WriteLine(text);

    /// <summary>A line for which progress that is drawn makes room: past the console it would be drawn over.</summary>
    public void LineAboveProgress(string text)
    {
        if (!IsInteractive)
        {
            Line(text);
            return;
        }
        // Of full width: what the bar had there is not cleared otherwise.
        var line = new Grid { Expand = true };
        line.AddColumn(new GridColumn().Padding(0, 0));
        line.AddRow(new Text(text));
        _console.Write(line);
    }

    /// <param name="headings">A heading that begins with <c>&gt;</c> is of a column of numbers, at the right.</param>
    /// <param name="rows">As many cells each.</param>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
        {
            table.AddColumn(heading.StartsWith('>')
                ? new TableColumn(Markup.Escape(heading[1..])).RightAligned().NoWrap()
                : new TableColumn(Markup.Escape(heading)));
        }
        foreach (var row in rows)
            table.AddRow(row.Select(cell => new Text(cell)).ToArray());
        _console.Write(table);
    }

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture) + " s";
}
