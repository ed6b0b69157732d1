using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tool.Files;

/// <summary>Reads a file once, for <see cref="FileView"/>.</summary>
internal sealed class FileCursor : DataViewRowCursor
{
    private const int RowsBetweenChecks = 256;

    private readonly TableFile _file;
    private readonly IEnumerator<object?[]> _rows;
    private readonly bool[] _isActive;
    private readonly CancellationToken _cancellationToken;
    private long _position = -1;

    public FileCursor(
        TableFile file, DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed, CancellationToken cancellationToken)
    {
        (_file, Schema, _cancellationToken) = (file, schema, cancellationToken);
        _rows = file.Rows().GetEnumerator();
        _isActive = new bool[schema.Count];
        foreach (var column in needed)
            _isActive[column.Index] = true;
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public override bool IsColumnActive(DataViewSchema.Column column) => _isActive[column.Index];

    public override bool MoveNext()
    {
        if ((_position + 1) % RowsBetweenChecks == 0)
            _cancellationToken.ThrowIfCancellationRequested();
        if (!_rows.MoveNext())
        {
            _position = -1;
            return false;
        }
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for.");
        return Getter(column.Index) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Dispose();
        base.Dispose(disposing);
    }

    private Delegate Getter(int column) => _file.Columns[column].Kind switch
    {
        CellKind.Text => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value)
            => value = Present(column) is { } cell ? FileCells.Text(cell).AsMemory() : default),
        CellKind.Single => (ValueGetter<float>)((ref float value)
            => value = Present(column) is { } cell ? FileCells.Single(cell) : float.NaN),
        CellKind.Double => (ValueGetter<double>)((ref double value)
            => value = Present(column) is { } cell ? FileCells.Number(cell) : double.NaN),
        CellKind.Time => (ValueGetter<DateTime>)((ref DateTime value)
            => value = Present(column) is { } cell ? FileCells.Time(cell) : default),
        _ => (ValueGetter<bool>)((ref bool value)
            => value = Present(column) is { } cell ? FileCells.Flag(cell) : throw NoFlag(_file.Columns[column].Name)),
    };

    // ML.NET's Boolean has no value for what is missing, and false would be an answer.
    private InvalidDataException NoFlag(string column) => new(FormattableString.Invariant(
        $"'{_file.Name}', row {_position + 1:N0}: column '{column}' is empty: expected true or false, as the model was trained on."));

    private object? Present(int column) => _rows.Current[column] is { } cell && !_file.IsMissing(cell) ? cell : null;
}
