namespace MLNet.Vae.Graphs;

/// <summary>
/// Rows of training that other rows are compared with, and how well the model reconstructs such rows. All of it in the units of the
/// likelihood.
/// </summary>
/// <param name="Groups">
/// Groups of as many rows each, drawn at random, <c>[groups][rows of a group][D]</c>, divided by <paramref name="Spread"/>. A row may be in
/// several.
/// </param>
/// <param name="Spread"><c>[D]</c>, above 0: what a difference in a feature counts in.</param>
/// <param name="ResidualScale"><c>[D]</c>, above 0: what is usual of |x − x̂|.</param>
/// <param name="ResidualLimit">
/// <c>[D]</c>: what is just not unusual of |x − x̂|, in units of <paramref name="ResidualScale"/>; ∞: nothing is.
/// </param>
/// <param name="Weights">What counts how much.</param>
internal sealed record ReferenceRows(
    float[][][] Groups, float[] Spread, float[] ResidualScale, float[] ResidualLimit, ReferenceWeights Weights)
{
    /// <summary>Rows that are known to be anomalies, <c>[rows][D]</c>, divided by <see cref="Spread"/>; there may be none.</summary>
    public float[][] Anomalies { get; init; } = [];

    public int GroupSize => Groups[0].Length;

    public int Count => Groups.Length * GroupSize;
}
