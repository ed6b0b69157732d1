using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>ML.NET's own detector, with its default rank where there are as many features.</summary>
internal sealed class RandomizedPca : IDetector
{
    private const int DefaultRank = 20;

    public string Name => "RandomizedPca";

    public float[] Scores(AnomalySplit split, int seed)
    {
        var trained = VaeDetector.View(split.Trained);
        var trainer = new MLContext(seed).AnomalyDetection.Trainers.RandomizedPca(
            ArrayView.Column, rank: Math.Min(DefaultRank, split.Trained[0].Length - 1), seed: seed);
        return [.. trainer.Fit(trained).Transform(VaeDetector.View(split.Tested)).GetColumn<float>("Score")];
    }
}
