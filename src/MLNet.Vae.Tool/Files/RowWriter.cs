namespace MLNet.Vae.Tool.Files;

/// <summary>Writes rows to a file of either kind.</summary>
internal abstract class RowWriter : IDisposable
{
    /// <summary>One cell for each column; null or NaN is missing.</summary>
    public abstract void Write(IReadOnlyList<object?> cells);

    /// <summary>Writes what is left.</summary>
    public abstract void Complete();

    public abstract void Dispose();

    /// <summary>Whether a file is written as Parquet: by its name.</summary>
    public static bool IsParquet(string path) => Path.GetExtension(path).ToUpperInvariant() is ".PARQUET" or ".PQ";

    /// <param name="stream">Left open.</param>
    /// <param name="path">Its ending tells the kind.</param>
    /// <param name="columns">What is written.</param>
    /// <param name="separator">Of a delimited file.</param>
    public static RowWriter To(Stream stream, string path, IReadOnlyList<OutputColumn> columns, char separator) => IsParquet(path)
        ? new ParquetRowWriter(stream, columns)
        : new CsvRowWriter(stream, columns, separator);
}
