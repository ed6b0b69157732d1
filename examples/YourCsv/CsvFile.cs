using System.Text;
using CsvHelper;

namespace YourCsv;

/// <summary>
/// Reads a delimited file with a header as ML.NET's text loader does, and refuses what is not one with the line that is wrong.
/// </summary>
internal static class CsvFile
{
    private const int FewestRows = 20;

    /// <param name="file">Its lines that are blank or start with <c>//</c> are skipped; a quoted value may have line breaks.</param>
    /// <param name="separator">Where null, the one of comma, semicolon, tab and bar that fits.</param>
    /// <exception cref="InvalidDataException">The file is not such a file; the message says where.</exception>
    public static CsvTable Read(FileInfo file, char? separator)
    {
        using var csv = Open(file, separator);
        if (!csv.Read())
        {
            throw new InvalidDataException($"'{file.FullName}' is empty; a header and at least {FewestRows} rows are needed.");
        }

        var header = Header(file, csv, given: separator is not null);
        var (rows, lines) = (new List<string[]>(), new List<int>());
        while (csv.Read())
        {
            rows.Add(csv.FieldCount == header.Length
                ? Values(csv)
                : throw new InvalidDataException($"Line {csv.LineNumber} has {csv.FieldCount} values and the header {header.Length} "
                    + $"(separator {Shown(csv.Separator)}): '{Excerpt(Encoding.UTF8.GetString(csv.RawRecord))}'."));
            lines.Add((int)csv.LineNumber);
        }

        return rows.Count >= FewestRows
            ? new(file.FullName, csv.Separator, header, rows, lines)
            : throw new InvalidDataException(
                $"'{file.FullName}' has too few rows below its header: {rows.Count}; at least {FewestRows} are needed."
            );
    }

    /// <summary>A separator as it is written on a command line.</summary>
    public static string Shown(char separator) => separator == '\t' ? "tab" : $"'{separator}'";

    private static CsvReader Open(FileInfo file, char? separator) => CsvReader.FromFile(file.FullName, new CsvReaderOptions
    {
        Separator = separator,
        // The header is the first line that is not skipped.
        HasHeader = false,
        ShouldSkipRecord = row => row.RawRecord.StartsWith("//"u8) || row.RawRecord.IndexOfAnyExcept((byte)' ') < 0,
        DetectSeparatorHint = false,
        TrimWhitespace = true,
        WhitespaceCharacters = " ",
        TrackLineNumbers = true,
        PoolStrings = true,
        OnMalformedRecord = Refuse,
    });

    private static void Refuse(CsvMalformedRecord record)
    {
        // A quote within a value, as in 5" pipe, is part of it.
        if (record.Reason != CsvMalformedReason.StrayQuote)
        {
            throw new InvalidDataException(record.Reason == CsvMalformedReason.UnterminatedQuote
                ? $"A quoted value in line {record.LineNumber} does not end: '{Excerpt(record.RawRecord)}'."
                : $"Text follows a quoted value in line {record.LineNumber} before the next separator: '{Excerpt(record.RawRecord)}'.");
        }
    }

    private static string[] Header(FileInfo file, CsvReader csv, bool given)
    {
        var names = Values(csv);
        if (names.Length == 1)
        {
            using var guessed = Open(file, null);
            throw new InvalidDataException(
                $"'{file.FullName}' has one column, '{names[0]}'. "
                    + (
                        given && guessed.Read() && guessed.FieldCount > 1
                            ? $"The separator {Shown(csv.Separator)} is not in the header, {Shown(guessed.Separator)} is: leave "
                                + "--separator out."
                            : "If its values are separated by something else than a comma, semicolon, tab or bar, name it with --separator."
                    )
            );
        }

        // What pandas writes as the index has no name.
        string[] header = [.. names.Select((name, index) => name.Length > 0 ? name : $"Column{index + 1}")];
        return header.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidDataException($"Two columns are named '{twice.Key}' in line {csv.LineNumber}; rename one.")
            : header;
    }

    private static string[] Values(CsvReader csv) => [.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)];

    private static string Excerpt(string record)
    {
        const int longest = 60;
        return record.Length <= longest ? record : record[..longest] + "…";
    }
}
