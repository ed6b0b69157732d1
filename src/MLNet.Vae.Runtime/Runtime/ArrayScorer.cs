using MLNet.Vae.Interop;

namespace MLNet.Vae.Runtime;

/// <summary>Scores rows that are already in memory.</summary>
internal static class ArrayScorer
{
    /// <param name="host">For its log and GPU settings.</param>
    /// <param name="model">A complete model.</param>
    /// <param name="options">How rows are scored.</param>
    /// <param name="rows"><c>[rows, features + condition]</c>, row-major, in the user's units, all finite.</param>
    /// <returns><c>[rows]</c>.</returns>
    public static float[] Scores(ScoringHost host, VaeModel model, VaeScoringOptions options, ReadOnlyMemory<float> rows)
    {
        using var context = new ScoringContext(host, model, options, typeof(ArrayScorer));
        return new ModelRuns(context, model.Info).Scores(rows);
    }

    /// <returns>In the user's units, <c>[rows][D]</c>.</returns>
    /// <inheritdoc cref="Scores"/>
    public static float[][] Reconstructions(ScoringHost host, VaeModel model, VaeScoringOptions options, ReadOnlyMemory<float> rows)
    {
        using var context = new ScoringContext(host, model, options, typeof(ArrayScorer));
        return new ModelRuns(context, model.Info).Reconstructions(rows);
    }
}
