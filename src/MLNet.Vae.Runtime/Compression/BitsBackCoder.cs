using MLNet.Vae.Graphs;
using MLNet.Vae.Interop;
using MLNet.Vae.Onnx;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Compression;

/// <summary>
/// Bits back with asymmetric numeral systems (Townsend, Bird and Barber 2019): of each row z is popped by q(z | x), so that it costs the
/// message what it says less than nothing, then x is pushed by p(x | z) and z by p(z). The message grows by −ELBO in the mean.
/// </summary>
/// <param name="context">Runs the graphs. Each row by itself: the way back has no other.</param>
/// <param name="info">The model's sizes.</param>
/// <param name="symbols">Of a row.</param>
internal sealed class BitsBackCoder(ScoringContext context, VaeModelInfo info, IReadOnlyList<RowSymbols> symbols) : IRowCoder
{
    // Of the words that the first row pops.
    private const ulong Seed = 0x62697473;

    public bool IsLossless => true;

    public AnsStack Encode(float[][] rows, float[][]? conditions)
    {
        using var posterior = Posterior();
        using var decoder = Decoder();
        var drawn = 0UL;
        var stack = new AnsStack(() => (uint)(SplitMix64.Mixed(Seed + (SplitMix64.Step * ++drawn)) >> 32));
        // The last first: it comes back last.
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            var condition = conditions?[i] ?? [];
            var found = posterior.Run(rows[i], condition);
            var buckets = new int[info.LatentDimension];
            for (var j = buckets.Length - 1; j >= 0; j--)
                buckets[j] = LatentBuckets.PopByPosterior(stack, found[0][j], Math.Exp(found[1][j]));
            var mean = decoder.Run(Array.ConvertAll(buckets, LatentBuckets.Centre), condition)[0];
            for (var part = symbols.Count - 1; part >= 0; part--)
                symbols[part].Push(stack, rows[i], mean);
            foreach (var bucket in buckets)
                LatentBuckets.PushByPrior(stack, bucket);
        }
        return stack;
    }

    public float[][] Decode(AnsStack message, int count, float[][]? conditions)
    {
        using var posterior = Posterior();
        using var decoder = Decoder();
        var rows = new float[count][];
        for (var i = 0; i < count; i++)
        {
            var condition = conditions?[i] ?? [];
            var (row, buckets) = (new float[info.FeatureCount], new int[info.LatentDimension]);
            for (var j = buckets.Length - 1; j >= 0; j--)
                buckets[j] = LatentBuckets.PopByPrior(message);
            var mean = decoder.Run(Array.ConvertAll(buckets, LatentBuckets.Centre), condition)[0];
            foreach (var part in symbols)
                part.Pop(message, row, mean);
            var found = posterior.Run(row, condition);
            for (var j = 0; j < buckets.Length; j++)
                LatentBuckets.PushByPosterior(message, buckets[j], found[0][j], Math.Exp(found[1][j]));
            rows[i] = row;
        }
        return rows;
    }

    private RowRun Posterior() => context.Row(
        GraphInterface.Encoder,
        (TensorNames.Features, info.FeatureCount),
        [(TensorNames.Mean, info.LatentDimension), (TensorNames.LogSigma, info.LatentDimension)]);

    private RowRun Decoder() => context.Row(
        GraphInterface.Decoder, (TensorNames.Latent, info.LatentDimension), [(TensorNames.Reconstruction, info.ReconstructionCount)]);
}
