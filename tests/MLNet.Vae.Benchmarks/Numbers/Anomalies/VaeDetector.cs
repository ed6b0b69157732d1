using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>This library's trainer with its defaults, on one thread: these networks are too small for more.</summary>
internal sealed class VaeDetector : IDetector
{
    public string Name => "MLNet.Vae";

    public float[] Scores(AnomalySplit split, int seed)
    {
        var options = new VaeAnomalyOptions { FeatureColumnName = ArrayView.Column, Training = new() { Seed = seed, Threads = 1 } };
        using var transformer = new MLContext(seed).AnomalyDetection.Trainers.Vae(options).Fit(View(split.Trained));
        Trained.Sound(transformer.Model.Info.Training!);
        return [.. transformer.Transform(View(split.Tested)).GetColumn<float>("Score")];
    }

    internal static ArrayView View(float[][] rows) => new([.. rows.SelectMany(row => row)], rows[0].Length);
}
