using System.Globalization;
using System.Text;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>A table under a line of its own. The first column is text, the others are numbers.</summary>
/// <param name="Caption">A paragraph of Markdown above it; empty: none.</param>
/// <param name="Columns">Heads.</param>
/// <param name="Rows">Cells, as many as there are heads.</param>
internal sealed record MarkdownTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>A number with so many digits after the point; nothing for <see langword="null"/>.</summary>
    public static string Cell(double? value, int digits) => value?.ToString($"F{digits}", CultureInfo.InvariantCulture) ?? "";

    public static string Seconds(double seconds) => Cell(seconds, seconds < 10 ? 1 : 0);

    public override string ToString()
    {
        var text = new StringBuilder();
        if (Caption.Length > 0)
            text.Append(Caption).Append("\n\n");
        Line(text, Columns);
        Line(text, Columns.Select((_, column) => column == 0 ? "---" : "---:"));
        foreach (var row in Rows)
            Line(text, row);
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
