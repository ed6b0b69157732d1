namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Distance to the k-th nearest training row (Ramaswamy et al. 2000).</summary>
internal sealed class NearestNeighbours(int k) : IDetector
{
    public string Name => $"neighbours, k = {k}";

    public float[] Scores(AnomalySplit split, int seed)
        => [.. Neighbours.Of(split.Trained, split.Tested, k, split.AreSame).Select(nearest => (float)nearest[^1].Distance)];
}
