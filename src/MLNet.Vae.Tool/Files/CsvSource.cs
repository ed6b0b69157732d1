using System.Text;
using CsvHelper;

namespace MLNet.Vae.Tool.Files;

/// <summary>
/// Reads a delimited file with a header, record by record, and refuses what is not one with the line that is wrong. Lines that are blank or
/// start with <c>//</c> are skipped; a quoted value may have line breaks.
/// </summary>
internal sealed class CsvSource : IDisposable
{
    private readonly CsvReader _csv;

    private CsvSource(CsvReader csv, string[] header) => (_csv, Header) = (csv, header);

    /// <summary>Names of its columns, all different.</summary>
    public string[] Header { get; }

    /// <summary>What separates values.</summary>
    public char Separator => _csv.Separator;

    /// <summary>The line in which the current record begins, counted from 1.</summary>
    public long Line => _csv.LineNumber;

    /// <param name="path">A delimited file.</param>
    /// <param name="separator">Where null, the one of comma, semicolon, tab and bar that fits.</param>
    /// <exception cref="InvalidDataException">The file is not such a file; the message says where.</exception>
    public static CsvSource Open(string path, char? separator)
    {
        var csv = Reader(path, separator);
        try
        {
            return csv.Read()
                ? new(csv, Names(path, csv, given: separator is not null))
                : throw new InvalidDataException($"'{path}' is empty; a header and rows are needed.");
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    /// <summary>A separator as it is written on a command line.</summary>
    public static string Shown(char separator) => separator == '\t' ? "tab" : $"'{separator}'";

    /// <summary>Moves to the next record.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">It has more or fewer values than the header, or quotes that do not end.</exception>
    public bool Read()
    {
        if (!_csv.Read())
            return false;
        return _csv.FieldCount == Header.Length ? true : throw new InvalidDataException(
            $"Line {_csv.LineNumber} has {_csv.FieldCount} values and the header {Header.Length} "
                + $"(separator {Shown(_csv.Separator)}): '{Excerpt(Encoding.UTF8.GetString(_csv.RawRecord))}'.");
    }

    /// <summary>The values of the current record.</summary>
    public string[] Values() => Values(_csv);

    public void Dispose() => _csv.Dispose();

    private static CsvReader Reader(string path, char? separator) => CsvReader.FromFile(path, new CsvReaderOptions
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

    private static string[] Names(string path, CsvReader csv, bool given)
    {
        var names = Values(csv);
        if (names.Length == 1)
        {
            using var guessed = Reader(path, null);
            throw new InvalidDataException($"'{path}' has one column, '{names[0]}'. "
                + (given && guessed.Read() && guessed.FieldCount > 1
                    ? $"The separator {Shown(csv.Separator)} is not in the header, {Shown(guessed.Separator)} is: leave --separator out."
                    : "If its values are separated by something else than a comma, semicolon, tab or bar, name it with --separator."));
        }

        // What pandas writes as the index has no name.
        string[] header = [.. names.Select((name, index) => name.Length > 0 ? name : $"Column{index + 1}")];
        return header.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new InvalidDataException($"Two columns are named '{twice.Key}' in line {csv.LineNumber}; rename one.")
            : header;
    }

    private static string[] Values(CsvReader csv)
    {
        var values = new string[csv.FieldCount];
        for (var i = 0; i < values.Length; i++)
            values[i] = csv.GetString(i);
        return values;
    }

    private static string Excerpt(string record)
    {
        const int longest = 60;
        return record.Length <= longest ? record : record[..longest] + "…";
    }
}
