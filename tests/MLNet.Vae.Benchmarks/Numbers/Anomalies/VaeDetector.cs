using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>This library's trainer with its defaults but for its score, on one thread: these networks are too small for more.</summary>
/// <param name="name">What tells it from the others.</param>
/// <param name="scoring">Its score.</param>
internal sealed class VaeDetector(string name, Func<VaeAnomalyOptions, AnomalySplit, VaeAnomalyOptions> scoring) : IDetector
{
    public string Name => name;

    public static IReadOnlyList<VaeDetector> All { get; } =
    [
        new("MLNet.Vae", (options, _) => options),
        new("the same, told", (options, split) =>
            options with { TrainingRows = split.AreSame ? VaeRowPurity.Contaminated : VaeRowPurity.Clean }),
        new("its bound", (options, _) => options with { ScoreKind = VaeScoreKind.NegativeElbo }),
    ];

    public float[] Scores(AnomalySplit split, int seed)
    {
        var options = new VaeAnomalyOptions { FeatureColumnName = ArrayView.Column, Training = new() { Seed = seed, Threads = 1 } };
        using var transformer = new MLContext(seed).AnomalyDetection.Trainers.Vae(scoring(options, split)).Fit(View(split.Trained));
        Trained.Sound(transformer.Model.Info.Training!);
        return [.. transformer.Transform(View(split.Tested)).GetColumn<float>("Score")];
    }

    internal static ArrayView View(float[][] rows) => new([.. rows.SelectMany(row => row)], rows[0].Length);
}
