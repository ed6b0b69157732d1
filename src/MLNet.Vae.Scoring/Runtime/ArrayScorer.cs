using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Columns;
using MLNet.Vae.Cursors;

namespace MLNet.Vae.Runtime;

/// <summary>Scores rows that are already in memory, through the same blocks as a cursor's.</summary>
internal static class ArrayScorer
{
    /// <param name="host">For its log and GPU settings.</param>
    /// <param name="model">A complete model.</param>
    /// <param name="options">How rows are scored.</param>
    /// <param name="rows"><c>[rows, features + condition]</c>, row-major, in the user's units, all finite.</param>
    /// <returns><c>[rows]</c>.</returns>
    public static float[] Scores(IHost host, VaeModel model, VaeScoringOptions options, ReadOnlySpan<float> rows)
    {
        var (features, condition) = (model.Info.FeatureCount, model.Info.ConditionCount);
        var width = features + condition;
        var scores = new float[rows.Length / width];
        var wanted = new OutputColumn(VaeOutput.Score, nameof(VaeOutput.Score), 1);
        using var context = new ScoringContext(host, model, options);
        using var scorer = context.Scorer([wanted], context.BlockSize([wanted], scores.Length));
        for (var start = 0; start < scores.Length; start += scorer.Capacity)
        {
            var count = Math.Min(scorer.Capacity, scores.Length - start);
            for (var row = 0; row < count; row++)
            {
                var whole = rows.Slice((start + row) * width, width);
                whole[..features].CopyTo(scorer.Features(row));
                whole[features..].CopyTo(scorer.Condition(row));
            }
            scorer.Run(count);
            scorer.Output(wanted).Rows(count).CopyTo(scores.AsSpan(start));
        }
        return scores;
    }

    /// <summary>The embedding of each category of a model of categories without a condition.</summary>
    public static ImmutableArray<float>[] Categories(VaeModel model)
    {
        var count = model.Info.FeatureCount;
        var vectors = new ImmutableArray<float>[count];
        var options = new VaeScoringOptions();
        var wanted = new OutputColumn(VaeOutput.Embedding, nameof(VaeOutput.Embedding), model.Info.LatentDimension);
        using var context = new ScoringContext(((IHostEnvironment)new MLContext()).Register(nameof(VaeCategoryEmbeddings)), model, options);
        using var scorer = context.Scorer([wanted], context.BlockSize([wanted], count));
        for (var start = 0; start < count; start += scorer.Capacity)
        {
            var rows = Math.Min(scorer.Capacity, count - start);
            for (var row = 0; row < rows; row++)
            {
                scorer.Features(row).Clear();
                scorer.Features(row)[start + row] = 1;
            }
            scorer.Run(rows);
            for (var row = 0; row < rows; row++)
                vectors[start + row] = [.. scorer.Output(wanted).Row(row)];
        }
        return vectors;
    }
}
