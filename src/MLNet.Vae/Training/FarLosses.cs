namespace MLNet.Vae.Training;

/// <summary>Finds the few rows that would decide by themselves what the mean loss is.</summary>
internal static class FarLosses
{
    /// <summary>Times as far above the median as rows are from it on average.</summary>
    private const double FarDeviations = 20;

    /// <summary>Times as much as all others together. Rare but sound values, such as pixels at the edge of a picture, stay below.</summary>
    private const double Outweighs = 3;

    /// <summary>At most one row in so many.</summary>
    private const int FewRows = 50;

    /// <summary>Among so few rows none can be said to be unlike the others.</summary>
    private const int LeastRows = 10;

    /// <summary>
    /// At most 2 % of the rows, each further above the median than 20 times the mean distance of the others from it, where together they
    /// lie more than three times as far from it as all others together: a mean over all rows would be theirs.
    /// </summary>
    /// <param name="losses">Of each row; not a number counts as ∞.</param>
    /// <returns>Which rows, in rising order; in general none.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<double> losses)
    {
        if (losses.Count < LeastRows)
            return [];
        var median = losses.Select(Finite).Order().ElementAt(losses.Count / 2);
        var distances = losses.Select(loss => Finite(loss) - median).ToArray();
        int[] byDistance = [.. Enumerable.Range(0, losses.Count).OrderByDescending(row => distances[row])];
        var (candidates, others) = (byDistance[..(Math.Max(1, losses.Count / FewRows))], byDistance[Math.Max(1, losses.Count / FewRows)..]);
        var scatter = others.Average(row => Math.Abs(distances[row]));
        int[] far = [.. candidates.Where(row => distances[row] > FarDeviations * scatter).Order()];
        return far.Sum(row => distances[row]) > Outweighs * scatter * (losses.Count - far.Length) ? far : [];
    }

    private static double Finite(double loss) => double.IsNaN(loss) ? double.PositiveInfinity : loss;
}
