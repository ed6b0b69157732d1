using MLNet.Vae.Graphs;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>
/// Pairs of a category and a link that it has, as two whole numbers each, <c>[pairs, 2]</c>: what the one-hot vectors say of them, in
/// memory that does not grow with the numbers of categories and links.
/// </summary>
internal sealed class LinkRows(
    RowLayout layout, ColumnStatistics statistics, Tensor pairs, Tensor heldOut, Tensor sample, double pairsPerCategory, Device device,
    int seed) : TrainingRows(layout, statistics, FeatureScaling.Identity(layout.Width), inputScaling: null, heldOut, sample, device)
{
    public override long Count => pairs.size(0);

    /// <summary>All links count where a pair is judged.</summary>
    public override long ValuesPerRow => Layout.Target;

    /// <summary>A category has one code for all its links, whose KL is paid once: by each of its pairs in part.</summary>
    public override double KlShare => 1 / pairsPerCategory;

    public override TrainingBatch Batch(Tensor rows) => new(rows.select(1, 0), rows.select(1, 1), null);

    public override IEnumerable<Tensor> Batches(int batchSize, int epoch)
    {
        using var shuffle = new Generator((uint)Seeds.Combine(seed, epoch));
        using var order = randperm(Count, generator: shuffle);
        using var indices = order.to(Device);
        for (var start = 0L; start < Count; start += batchSize)
        {
            using var chosen = indices.narrow(0, start, Math.Min(batchSize, Count - start));
            using var batch = pairs.index_select(0, chosen);
            yield return batch;
        }
    }

    public override void Dispose()
    {
        pairs.Dispose();
        base.Dispose();
    }
}
