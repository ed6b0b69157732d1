using Microsoft.ML.Runtime;

namespace MLNet.Vae.Scoring;

/// <summary>Scores rows that are already in memory, through the same blocks as a cursor's.</summary>
internal static class ArrayScorer
{
    /// <param name="host">For its log and GPU settings.</param>
    /// <param name="model">A complete model.</param>
    /// <param name="options">How rows are scored.</param>
    /// <param name="rows"><c>[rows, features]</c>, row-major, in the user's units, all finite.</param>
    /// <returns><c>[rows]</c>.</returns>
    public static float[] Scores(IHost host, VaeModel model, VaeScoringOptions options, ReadOnlySpan<float> rows)
    {
        var features = model.Info.FeatureCount;
        var scores = new float[rows.Length / features];
        var wanted = new OutputColumn(VaeOutput.Score, nameof(VaeOutput.Score), 1);
        using var context = new ScoringContext(host, model, options);
        using var scorer = context.Scorer([wanted], context.BlockSize([wanted], scores.Length));
        for (var start = 0; start < scores.Length; start += scorer.Capacity)
        {
            var count = Math.Min(scorer.Capacity, scores.Length - start);
            for (var row = 0; row < count; row++)
                rows.Slice((start + row) * features, features).CopyTo(scorer.Features(row));
            scorer.Run(count);
            scorer.Output(wanted).AsSpan(0, count).CopyTo(scores.AsSpan(start));
        }
        return scores;
    }
}
