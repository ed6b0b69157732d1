namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Gives every row tested a score: the greater, the more anomalous.</summary>
internal interface IDetector
{
    string Name { get; }

    float[] Scores(AnomalySplit split, int seed);
}
