using MLNet.Vae.Graphs;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>Rows beyond the memory limit: read from the source once per epoch, shuffled in a pool.</summary>
internal sealed class StreamedRows(
    IFeatureSource source,
    RowSplit split,
    int poolRows,
    RowLayout layout,
    ColumnStatistics statistics,
    FeatureScaling scaling,
    InputScaling? inputScaling,
    Tensor heldOut,
    Tensor sample,
    Device device
) : TrainingRows(layout, statistics, scaling, inputScaling, heldOut, sample, device)
{
    // One for all epochs: it is half of the memory that the rows may take, and the collector is in no hurry to take the last one back.
    private readonly ShufflePool _pool = new(layout.Width);

    public override long Count => Statistics.Rows - HeldOut.size(0) - split.Gap;

    /// <remarks>One pass at a time: they share the pool.</remarks>
    public override IEnumerable<Tensor> Batches(int batchSize, int epoch)
    {
        batchSize = (int)Math.Min(batchSize, Count);
        _pool.Begin(Math.Max(poolRows, batchSize), new Random(Seeds.Combine(split.Seed, epoch)));
        var batch = new float[batchSize * Layout.Width];
        var filled = 0;
        foreach (var row in TrainedOn())
        {
            if (!_pool.Exchange(row.Span, Place()) || ++filled < batchSize)
                continue;
            using var full = ToTensor();
            yield return full;
            filled = 0;
        }
        while (_pool.Take(Place()))
        {
            if (++filled < batchSize)
                continue;
            using var full = ToTensor();
            yield return full;
            filled = 0;
        }
        if (filled > 0)
        {
            using var rest = ToTensor();
            yield return rest;
        }

        Span<float> Place() => batch.AsSpan(filled * Layout.Width, Layout.Width);
        Tensor ToTensor() => tensor(filled == batchSize ? batch : batch[..(filled * Layout.Width)], [filled, Layout.Width], device: Device);
    }

    private IEnumerable<ReadOnlyMemory<float>> TrainedOn()
    {
        var index = 0L;
        foreach (var block in source.Read())
        {
            for (var i = 0; i < block.Rows; i++)
            {
                if (split.IsTrainedOn(index++))
                    yield return block.Values.Slice(i * Layout.Width, Layout.Width);
            }
        }
        if (index != Statistics.Rows)
            throw source.RowsChanged(Statistics.Rows, index);
    }
}
