namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Density of the neighbours over that of the row (Breunig et al. 2000), 20 neighbours.</summary>
internal sealed class LocalOutlierFactor : IDetector
{
    private const int K = 20;

    public string Name => "LOF";

    public float[] Scores(AnomalySplit split, int seed)
    {
        var among = Neighbours.Of(split.Trained, split.Trained, K, areSame: true);
        var density = Array.ConvertAll(among, Density);
        var tested = split.AreSame ? among : Neighbours.Of(split.Trained, split.Tested, K, areSame: false);
        return [.. tested.Select(nearest => (float)(nearest.Average(neighbour => density[neighbour.Row]) / Density(nearest)))];

        // 1 ÷ mean reachability distance; the small number keeps copies of a row from being infinitely dense.
        double Density((int Row, double Distance)[] nearest)
            => 1 / (nearest.Average(neighbour => Math.Max(neighbour.Distance, among[neighbour.Row][^1].Distance)) + 1e-10);
    }
}
