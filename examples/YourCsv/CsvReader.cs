using System.Text;

namespace YourCsv;

/// <summary>Reads a delimited file with a header as ML.NET's text loader does, and refuses what is not one with the line that is wrong.</summary>
internal static class CsvReader
{
    private const int FewestRows = 20;
    private const string Separators = ",;\t|";

    /// <exception cref="InvalidDataException">The file is not such a file; the message says where.</exception>
    public static CsvTable Read(FileInfo file, char? separator)
    {
        var lines = File.ReadLines(file.FullName).Select((text, index) => (Text: text.TrimEnd(' '), Line: index + 1))
            .Where(line => line.Text.Length > 0 && !line.Text.StartsWith("//", StringComparison.Ordinal)).ToList();
        if (lines.Count == 0)
        {
            throw new InvalidDataException($"'{file.FullName}' is empty; a header and at least {FewestRows} rows are needed.");
        }

        var by = separator ?? Guess(lines[0].Text);
        var header = Header(file, lines[0], by, given: separator is not null);
        var rows = lines.Skip(1).Select(line => Row(line, by, header.Length)).ToList();
        return rows.Count >= FewestRows
            ? new(file.FullName, by, header, rows, [.. lines.Skip(1).Select(line => line.Line)])
            : throw new InvalidDataException($"'{file.FullName}' has too few rows below its header: {rows.Count}; at least {FewestRows} are needed.");
    }

    /// <summary>A separator as it is written on a command line.</summary>
    public static string Shown(char separator) => separator == '\t' ? "tab" : $"'{separator}'";

    private static char Guess(string header) => Separators.MaxBy(separator => Split(header, separator, 1).Count);

    private static string[] Header(FileInfo file, (string Text, int Line) line, char separator, bool given)
    {
        var names = Split(line.Text, separator, line.Line);
        if (names.Count == 1)
        {
            var better = Guess(line.Text);
            throw new InvalidDataException($"'{file.FullName}' has one column, '{names[0]}'. " + (given && Split(line.Text, better, line.Line).Count > 1
                ? $"The separator {Shown(separator)} is not in the header, {Shown(better)} is: leave --separator out."
                : "If its values are separated by something else than a comma, semicolon, tab or bar, name it with --separator."));
        }

        // What pandas writes as the index has no name.
        string[] header = [.. names.Select((name, index) => name.Length > 0 ? name : $"Column{index + 1}")];
        return header.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidDataException($"Two columns are named '{twice.Key}' in line {line.Line}; rename one.")
            : header;
    }

    private static string[] Row((string Text, int Line) line, char separator, int columns)
    {
        var values = Split(line.Text, separator, line.Line);
        return values.Count == columns
            ? [.. values]
            : throw new InvalidDataException($"Line {line.Line} has {values.Count} values and the header {columns} (separator {Shown(separator)}): '{Excerpt(line.Text)}'.");
    }

    private static string Excerpt(string text)
    {
        const int longest = 60;
        return text.Length <= longest ? text : text[..longest] + "…";
    }

    private static List<string> Split(string text, char separator, int line)
    {
        var values = new List<string>();
        for (var at = 0; at <= text.Length; at++)
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            if (at < text.Length && text[at] == '"')
            {
                values.Add(Unquoted(text, ref at, line));
            }
            else
            {
                var end = text.IndexOf(separator, at) is >= 0 and var found ? found : text.Length;
                values.Add(text[at..end].TrimEnd(' '));
                at = end;
            }
        }

        return values;
    }

    /// <summary>Leaves the position at the separator, or behind the end.</summary>
    private static string Unquoted(string text, ref int at, int line)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                value.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                value.Append(text[at++]);
            }
            else
            {
                at++;
                return value.ToString();
            }
        }

        throw new InvalidDataException($"A quoted value in line {line} does not end in that line: '{Excerpt(text)}'.");
    }
}
