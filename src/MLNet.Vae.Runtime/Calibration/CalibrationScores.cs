using System.Text.Json.Serialization;

namespace MLNet.Vae.Calibration;

/// <summary>
/// Scores of normal rows that did not train what scored them, to compare others with: split conformal prediction (Vovk, Gammerman and
/// Shafer 2005). They travel with the model, thinned out where they are many.
/// </summary>
/// <param name="Rows">n, as many as there were.</param>
/// <param name="Scores">
/// Ascending: all, or the <see cref="Exact"/> highest and the highest of each of <see cref="Exact"/> equal groups of the others.
/// </param>
internal sealed record CalibrationScores(int Rows, IReadOnlyList<float> Scores)
{
    /// <summary>Highest scores that are kept one by one: small p-values, which decide, are as they were.</summary>
    public const int Exact = 500;

    private const int Maximum = 2 * Exact;

    private const float Rounding = 3e-5f;

    /// <summary>How many rows each of <see cref="Scores"/> stands for.</summary>
    [JsonIgnore]
    public int[] Weights => Rows <= Maximum
        ? [.. Enumerable.Repeat(1, Rows)]
        : [.. Enumerable.Range(0, Exact).Select(group => End(Rows, group) - End(Rows, group - 1)), .. Enumerable.Repeat(1, Exact)];

    /// <summary>Whether there are as many scores as so many rows have, in order.</summary>
    [JsonIgnore]
    public bool IsWhole => Rows >= 1 && Scores is not null && Scores.Count == Math.Min(Rows, Maximum)
        && !Scores.Any(float.IsNaN) && Scores.Zip(Scores.Skip(1)).All(pair => pair.First <= pair.Second);

    /// <param name="scores">In any order; NaN is no evidence that a row is normal, and counts as infinite.</param>
    public static CalibrationScores Of(IEnumerable<float> scores)
    {
        float[] sorted = [.. scores.Select(score => float.IsNaN(score) ? float.PositiveInfinity : Raised(score)).Order()];
        return new(
            sorted.Length,
            sorted.Length <= Maximum
                ? sorted
                : [.. Enumerable.Range(0, Exact).Select(group => sorted[End(sorted.Length, group) - 1]), .. sorted[^Exact..]]);
    }

    /// <summary>
    /// What gives of a score its p-value, (1 + number of calibration scores that are no less) / (n + 1): of a normal row it is no more than
    /// any α with a probability of at most α. A score that is NaN has the least.
    /// </summary>
    public Func<float, float> PValue()
    {
        float[] scores = [.. Scores];
        // Of each place, the rows from there up.
        var above = new int[scores.Length + 1];
        var weights = Weights;
        for (var i = scores.Length - 1; i >= 0; i--)
            above[i] = above[i + 1] + weights[i];
        return score => (float)((1.0 + (float.IsNaN(score) ? 0 : above[FirstNotBelow(scores, score)])) / (Rows + 1.0));
    }

    /// <summary>Above what rounding makes of the score of the same row in another block.</summary>
    public static float Raised(float score) => score + Rounding * Math.Max(1, Math.Abs(score));

    private static int FirstNotBelow(float[] sorted, float score)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < score ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    private static int End(int rows, int group) => (int)((long)(group + 1) * (rows - Exact) / Exact);
}
