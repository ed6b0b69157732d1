using Parquet;
using Parquet.Schema;

namespace MLNet.Vae.Partitions;

/// <summary>The row groups of a Parquet file, columns of which are read one by one.</summary>
internal sealed class ParquetGroups : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly ParquetReader _reader;

    /// <exception cref="IOException">The file is not there or cannot be opened.</exception>
    /// <exception cref="InvalidDataException">It cannot be read as Parquet.</exception>
    public ParquetGroups(string path)
    {
        _path = path;
        _file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            _reader = Read(() => ParquetReader.CreateAsync(_file, leaveStreamOpen: true));
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>How many there are.</summary>
    public int Length => _reader.RowGroupCount;

    public IReadOnlyList<Field> Columns => _reader.Schema.Fields;

    /// <returns>Row groups of a file; <see langword="null"/>: it cannot be read as Parquet.</returns>
    public static int? Count(string path)
    {
        try
        {
            using var groups = new ParquetGroups(path);
            return groups.Length;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <param name="group">Below <see cref="Length"/>.</param>
    /// <param name="columns">What they are decoded as.</param>
    /// <returns>Rows of the group.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public int Decode(int group, IEnumerable<ParquetColumn> columns) => Read(async () =>
    {
        using var reader = _reader.OpenRowGroupReader(group);
        foreach (var column in columns)
            await column.Decode(reader);
        return checked((int)reader.RowCount);
    });

    public void Dispose()
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }

    /// <summary>On a thread that may wait; whatever the library throws of damaged bytes is one fault.</summary>
    private T Read<T>(Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception fault) when (fault is not InvalidDataException and not OutOfMemoryException)
        {
            throw new InvalidDataException(
                $"'{_path}': expected a Parquet file, found one that cannot be read as such: {fault.Message} Write it anew.", fault);
        }
    }
}
