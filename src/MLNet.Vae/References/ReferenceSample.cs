using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.References;

/// <summary>Draws rows of training.</summary>
internal static class ReferenceSample
{
    /// <summary>At most this many, each as likely, <c>[rows · width]</c>, in random order.</summary>
    public static float[] Of(TrainingRows rows, int most, int seed)
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
