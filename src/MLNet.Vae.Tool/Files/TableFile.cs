using Microsoft.ML;

namespace MLNet.Vae.Tool.Files;

/// <summary>A table in a file, which is read row by row as often as is asked for; its rows are never in memory together.</summary>
internal abstract class TableFile
{
    /// <summary>As the user named it.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<FileColumn> Columns { get; init; }

    public required long RowCount { get; init; }

    /// <summary>Columns of types that are no cells, such as lists; they are not read.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Its rows, a cell for each column, as they are in the file: text of a delimited file, values of a Parquet file.</summary>
    public abstract IEnumerable<object?[]> Rows();

    /// <summary>Lines of its rows, counted from 1; null where the file has none.</summary>
    public virtual IEnumerable<long>? Lines() => null;

    public abstract bool IsMissing(object? cell);

    /// <summary>The same rows as ML.NET reads them.</summary>
    public IDataView View(CancellationToken cancellationToken) => new FileView(this, cancellationToken);

    /// <summary>A column by its name.</summary>
    /// <exception cref="InvalidDataException">There is none; the message names the nearest.</exception>
    public FileColumn Column(string name) => Columns.FirstOrDefault(column => column.Name == name) ?? throw new InvalidDataException(
        $"'{Name}' has no column '{name}'; did you mean '{NearestName.Of(Columns.Select(column => column.Name), name)}'? The columns are: "
            + $"{string.Join(", ", Columns.Select(column => $"'{column.Name}'"))}.");

    public int IndexOf(string name) => Columns.ToList().IndexOf(Column(name));

    /// <summary>Names as they are given to an option: each a column, or several with commas between them.</summary>
    /// <exception cref="InvalidDataException">There is none of a name.</exception>
    public IReadOnlyList<string> Names(IEnumerable<string> given)
        => [.. given.SelectMany(value => Columns.Any(column => column.Name == value)
            ? [value]
            : value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(name => Column(name).Name)];

    /// <summary>CSV by default; what begins as a Parquet file does, "PAR1", is one whatever its name.</summary>
    /// <exception cref="InvalidDataException">The file is neither; the message says where.</exception>
    public static TableFile Open(string path, string name, ReadOptions options)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file '{name}'.", path);
        return IsParquet(path) ? ParquetFile.OpenParquet(path, name, options) : CsvFile.OpenCsv(path, name, options);
    }

    private static bool IsParquet(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PAR1"u8);
    }
}
