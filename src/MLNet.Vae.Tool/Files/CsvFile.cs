namespace MLNet.Vae.Tool.Files;

/// <summary>A delimited file with a header. One pass tells what its columns are.</summary>
internal sealed class CsvFile : TableFile
{
    private readonly string _path;

    private CsvFile(string path, char separator) => (_path, Separator) = (path, separator);

    public char Separator { get; }

    public static CsvFile OpenCsv(string path, string name, ReadOptions options)
    {
        try
        {
            using var csv = CsvSource.Open(path, options.Separator);
            var guesses = csv.Header.Select(column => ColumnGuess.Of(column, options)).ToList();
            var rows = 0L;
            for (; csv.Read(); rows++)
            {
                var values = csv.Values();
                for (var i = 0; i < values.Length; i++)
                    guesses[i].Add(values[i], csv.Line);
            }
            return rows == 0
                ? throw new InvalidDataException($"'{name}' has a header and no rows.")
                : new(path, csv.Separator) { Name = name, Columns = [.. guesses.Select(guess => guess.Column)], RowCount = rows };
        }
        catch (InvalidDataException fault) when (!fault.Message.Contains(name, StringComparison.Ordinal))
        {
            var message = fault.Message.Replace(path, name, StringComparison.Ordinal);
            throw new InvalidDataException(message.Contains(name, StringComparison.Ordinal) ? message : $"'{name}': {message}", fault);
        }
    }

    public override IEnumerable<object?[]> Rows()
    {
        using var csv = CsvSource.Open(_path, Separator);
        while (csv.Read())
            yield return csv.Values();
    }

    public override IEnumerable<long> Lines()
    {
        using var csv = CsvSource.Open(_path, Separator);
        while (csv.Read())
            yield return csv.Line;
    }

    public override bool IsMissing(object? cell) => MissingTexts.Contains((string)cell!);
}
