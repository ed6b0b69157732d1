using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using MLNet.Vae.Modules;

namespace FileFragments;

/// <summary>A model trained on textual files only, which finds what is not text.</summary>
internal sealed class TextAnomalies(MLContext mlContext, VaeTransformer model)
{
    /// <summary>Share of the fragments of text that may be flagged where the detection rate is compared across kinds.</summary>
    public const double FalseAlarmRate = 0.05;

    private const int WorstCount = 5;
    private const int ReasonCount = 3;

    public VaeTransformer Model => model;

    public static TextAnomalies Fit(MLContext mlContext, IEnumerable<Fragment> train, IProgress<VaeTrainingProgress> progress)
    {
        var text = Fragment.View(mlContext, train.Where(fragment => FileKind.IsTextual(fragment.Kind)));
        var trainer = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            FeatureColumnName = "Features",
            ContributionsColumnName = "Contributions",
            Normalization = VaeNormalization.None,
            Training = new() { Progress = progress },
        });
        return new(mlContext, trainer.Fit(text));
    }

    /// <summary>Each kind that is not text against all text, and all of them together.</summary>
    public IEnumerable<KindDetection> Detections(IReadOnlyList<Fragment> test)
    {
        var text = test.Where(fragment => FileKind.IsTextual(fragment.Kind)).ToList();
        var others = test.Where(fragment => !FileKind.IsTextual(fragment.Kind)).ToList();
        return others.GroupBy(fragment => fragment.Kind)
            .Select(kind => Detection(kind.Key, [.. kind], text))
            .Append(Detection("all of them", others, text));
    }

    /// <summary>The share of the fragments of each textual kind that are flagged all the same.</summary>
    public IEnumerable<(string Kind, int Fragments, double Share)> FalseAlarms(IEnumerable<Fragment> test)
        => test.Where(fragment => FileKind.IsTextual(fragment.Kind)).GroupBy(fragment => fragment.Kind)
            .Select(kind => (kind.Key, kind.Count(), FlaggedShare(model.Transform(Fragment.View(mlContext, kind)))));

    /// <summary>The fragments with the highest scores, one per file.</summary>
    public IReadOnlyList<WorstFragment> Worst(IReadOnlyList<Fragment> test)
    {
        var scored = model.Transform(Fragment.View(mlContext, test));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Contributions"].GetSlotNames(ref names);
        var bins = names.DenseValues().Select(name => name.ToString()).ToArray();
        return [.. test.Zip(mlContext.Data.CreateEnumerable<AnomalyPrediction>(scored, reuseRowObject: false))
            .OrderByDescending(row => row.Second.Score).DistinctBy(row => row.First.File).Take(WorstCount)
            .Select(row => new WorstFragment(row.First, row.Second.Score, Reasons(row.Second, bins)))];
    }

    private KindDetection Detection(string kind, List<Fragment> anomalies, List<Fragment> text)
    {
        var scored = model.Transform(Fragment.View(mlContext, [.. anomalies, .. text]));
        var metrics = mlContext.AnomalyDetection.Evaluate(scored, nameof(Fragment.IsAnomaly),
            falsePositiveCount: (int)(FalseAlarmRate * text.Count));
        return new(kind, anomalies.Count, metrics.AreaUnderRocCurve, metrics.DetectionRateAtFalsePositiveCount,
            FlaggedShare(model.Transform(Fragment.View(mlContext, anomalies))));
    }

    private static double FlaggedShare(IDataView scored) =>
        scored.GetColumn<bool>("PredictedLabel").Average(flagged => flagged ? 1.0 : 0.0);

    private static List<(string Bin, float Contribution)> Reasons(AnomalyPrediction row, string[] bins)
        => [.. row.Contributions.Index().OrderByDescending(bin => bin.Item).Take(ReasonCount)
            .Select(bin => (bins[bin.Index], bin.Item))];
}
