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
    public override long Count => Statistics.Rows - HeldOut.size(0);

    public override IEnumerable<Tensor> Batches(int batchSize, int epoch)
    {
        batchSize = (int)Math.Min(batchSize, Count);
        var pool = new ShufflePool(Math.Max(poolRows, batchSize), Layout.Width, new Random(Seeds.Combine(split.Seed, epoch)));
        var batch = new float[batchSize * Layout.Width];
        var filled = 0;
        foreach (var row in TrainedOn())
        {
            if (!pool.Exchange(row.Span, Place()) || ++filled < batchSize)
                continue;
            using var full = ToTensor();
            yield return full;
            filled = 0;
        }
        while (pool.Take(Place()))
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
                if (!split.IsHeldOut(index++))
                    yield return block.Values.Slice(i * Layout.Width, Layout.Width);
            }
        }
        if (index != Statistics.Rows)
            throw source.RowsChanged(Statistics.Rows, index);
    }
}
