using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.References;

/// <summary>Draws rows of training.</summary>
internal static class ReferenceSample
{
    /// <summary>
    /// At most this many, each as likely, <c>[rows · width]</c>, in random order; of a group from the rows of all ranks, the same on each.
    /// </summary>
    public static float[] Of(TrainingRows rows, int most, int seed)
        => OfAll(rows, rows.Count, most, seed, share => Drawn(rows, share, Seeds.OfRank(seed, rows.Group.Rank)));

    /// <summary>Rows that each rank of a group draws of its own, as many as its share of all, in one random order on every rank.</summary>
    /// <param name="rows">Of the fit.</param>
    /// <param name="count">That this rank draws from.</param>
    /// <param name="most">That all draw.</param>
    /// <param name="seed">Of the order.</param>
    /// <param name="drawn">Gives as many rows of this rank at most, in random order, <c>[rows · width]</c>.</param>
    public static float[] OfAll(TrainingRows rows, long count, int most, int seed, Func<int, float[]> drawn)
    {
        var group = rows.Group;
        if (group.IsAlone)
            return drawn(most);
        var share = most * (double)count / Math.Max(1, group.Each(count).Sum());
        var shared = group.Each<float>(drawn((int)Math.Min(count, share + 1))).Chunk(rows.Layout.Width).ToArray();
        new Random(seed).Shuffle(shared);
        return [.. shared.Take(most).SelectMany(row => row)];
    }

    private static float[] Drawn(TrainingRows rows, int most, int seed)
    {
        if (rows is InMemoryRows inMemory)
        {
            using var scope = NewDisposeScope();
            using var random = new Generator((uint)seed);
            return inMemory.Rows(randperm(rows.Count, generator: random).narrow(0, 0, Math.Min(most, rows.Count))).ToArray();
        }
        const int BatchSize = 4_096;
        var sample = new RowSample(rows.Layout.Width, most, seed);
        foreach (var batch in rows.Batches(BatchSize, epoch: 0))
            sample.Add(new FeatureBlock(batch.ToArray(), (int)batch.size(0)));
        return [.. sample.Drawn(most).SelectMany(row => row)];
    }
}
