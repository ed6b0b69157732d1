using MLNet.Vae.Tool.Files;

namespace YourCsv;

/// <summary>Reads a delimited file with a header into memory.</summary>
internal static class CsvFile
{
    private const int FewestRows = 20;

    /// <param name="file">See <see cref="CsvSource"/>, which the command line reads by too.</param>
    /// <param name="separator">Where null, the one of comma, semicolon, tab and bar that fits.</param>
    /// <exception cref="InvalidDataException">The file is not such a file; the message says where.</exception>
    public static CsvTable Read(FileInfo file, char? separator)
    {
        using var csv = CsvSource.Open(file.FullName, separator);
        var (rows, lines) = (new List<string[]>(), new List<int>());
        while (csv.Read())
        {
            rows.Add(csv.Values());
            lines.Add((int)csv.Line);
        }

        return rows.Count >= FewestRows
            ? new(file.FullName, csv.Separator, csv.Header, rows, lines)
            : throw new InvalidDataException(
                $"'{file.FullName}' has too few rows below its header: {rows.Count}; at least {FewestRows} are needed."
            );
    }
}
