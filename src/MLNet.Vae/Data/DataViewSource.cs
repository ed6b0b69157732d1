using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Scoring;

namespace MLNet.Vae.Data;

/// <summary>Reads the feature column of an <see cref="IDataView"/> in blocks; the only place where training meets one.</summary>
internal sealed class DataViewSource(IDataView view, DataViewSchema.Column column, IReadOnlyList<SlotCheck> checks, CancellationToken cancellation) : IFeatureSource
{
    // 1 MiB of floats: long enough to make a block's overhead vanish, short enough to stay in the cache.
    private const int BlockValues = 1 << 18;

    public RowLayout Layout { get; } = new(((VectorDataViewType)column.Type).Size);

    private int FeatureCount => Layout.Features;

    public IEnumerable<FeatureBlock> Read()
    {
        var capacity = Math.Max(1, BlockValues / FeatureCount);
        var block = new float[capacity * FeatureCount];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> row = default;
        var rows = 0;
        while (cursor.MoveNext())
        {
            getter(ref row);
            if (row.Length != FeatureCount)
                throw DataErrors.WrongWidth(column, cursor.Position, FeatureCount, row.Length);
            var destination = block.AsSpan(rows * FeatureCount, FeatureCount);
            row.CopyTo(destination);
            Check(destination, cursor.Position);
            if (++rows == capacity)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new(block, rows);
                rows = 0;
            }
        }
        if (rows > 0)
            yield return new(block.AsMemory(0, rows * FeatureCount), rows);
    }

    public Exception TooFewRows(long found) => DataErrors.TooFewRows(column.Name, found);

    public Exception AllRowsEqual(long rows) => DataErrors.AllRowsEqual(column.Name, rows);

    public Exception RowsChanged(long expected, long found) => DataErrors.RowsChanged(column.Name, expected, found);

    private void Check(ReadOnlySpan<float> row, long position)
    {
        if (FiniteValues.IndexOfFirstOther(row) is >= 0 and var other)
            throw DataErrors.NotFinite(column, other, position, row[other]);
        foreach (var check in checks)
        {
            if (check.Fault(row, column, position) is { } fault)
                throw fault;
        }
    }
}
