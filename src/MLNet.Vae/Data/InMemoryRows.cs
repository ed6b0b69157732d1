using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>Rows that fit the memory limit: read once, kept as one block, <c>[rows, width]</c>.</summary>
internal sealed class InMemoryRows(
    RowLayout layout,
    ColumnStatistics statistics,
    FeatureScaling scaling,
    InputScaling? inputScaling,
    Tensor rows,
    Tensor heldOut,
    Tensor sample,
    Device device,
    int seed
) : TrainingRows(layout, statistics, scaling, inputScaling, heldOut, sample, device)
{
    // 4 MiB of floats: one gather and one tensor for many small batches.
    private const int GatheredValues = 1 << 20;

    public override long Count => rows.size(0);

    public override Tensor RowsInMemory => rows;

    public override IEnumerable<Tensor> Batches(int batchSize, int epoch)
    {
        using var shuffle = new Generator((uint)Seeds.Combine(seed, epoch));
        using var order = randperm(Count, generator: shuffle);
        var gathered = Math.Max(1, GatheredValues / Layout.Width / batchSize) * (long)batchSize;
        for (var start = 0L; start < Count; start += gathered)
        {
            using var chosen = order.narrow(0, start, Math.Min(gathered, Count - start));
            using var indices = chosen.to(Device);
            using var shuffled = rows.index_select(0, indices);
            for (var first = 0L; first < shuffled.size(0); first += batchSize)
            {
                using var batch = shuffled.narrow(0, first, Math.Min(batchSize, shuffled.size(0) - first));
                yield return batch;
            }
        }
    }

    /// <summary>Some of the rows, <c>[n, width]</c>.</summary>
    /// <param name="indices">Which, <c>[n]</c>.</param>
    public Tensor Rows(Tensor indices)
    {
        using var local = indices.to(Device);
        return rows.index_select(0, local);
    }

    /// <summary>
    /// Some of the rows by themselves, none of them held out: another fit, which knows nothing of the others. Of a group, with those of the
    /// other ranks, which call it too.
    /// </summary>
    /// <param name="indices">Which, <c>[n]</c>.</param>
    /// <param name="options">How they are scaled.</param>
    /// <param name="partSeed">Of their order in each epoch.</param>
    public InMemoryRows Part(Tensor indices, VaeModelOptions options, int partSeed)
    {
        var part = Rows(indices);
        var block = new FeatureBlock(part.ToArray(), (int)part.size(0));
        var partStatistics = new ColumnStatistics(Layout.Width, Layout.Mask is not null);
        if (block.Rows > 0)
            partStatistics.Add(block);
        partStatistics.Merge(Group);
        partStatistics.Complete(Statistics);
        var input = InputStatistics.For(Layout, options);
        if (block.Rows > 0)
            input?.Add(block);
        input?.Merge(Group);
        // Which columns have a few rows far out is what all rows say.
        var (partScaling, partInputScaling) = RowScaling.Of(partStatistics, input, FarColumns, options, Layout);
        var some = new InMemoryRows(
            Layout,
            partStatistics,
            partScaling,
            partInputScaling,
            part,
            empty(0, Layout.Width, device: Device),
            // An epoch has to be judged by something; nobody looks at it.
            part.narrow(0, 0, Math.Min(1, part.size(0))),
            Device,
            Seeds.OfRank(partSeed, Group.Rank)
        )
        {
            FarColumns = FarColumns,
        };
        some.Join(Group);
        return some;
    }

    public override void Dispose()
    {
        rows.Dispose();
        base.Dispose();
    }
}
