using System.Diagnostics;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Anomaly detection on sets of ADBench by three protocols, beside detectors of the same program on the same rows.</summary>
internal sealed class AnomalyTables : INumbersTable
{
    private static readonly IReadOnlyList<IDetector> Detectors =
    [
        .. VaeDetector.All,
        new NearestNeighbours(1),
        new NearestNeighbours(5),
        new IsolationForest(),
        new LocalOutlierFactor(),
        new PcaReconstruction(),
        new RandomizedPca(),
    ];

    public string Name => "anomalies";

    public string Title => "Anomaly detection, ADBench, three protocols";

    public IReadOnlyList<string> Files => [.. AnomalySet.All.Select(set => set.Path)];

    public string Describe(NumbersOptions options) =>
        $"`mlContext.AnomalyDetection.Trainers.Vae()` with its defaults for all sets, seeds 0 to {Seeds(options) - 1}; told: with "
        + "`TrainingRows` `Clean` in the first two protocols and `Contaminated` in the third; bound: with `NegativeElbo`. Features "
        + "standardised on the training rows for all. Mean over seeds; the last rows are the mean over sets, its standard error over "
        + "seeds, and seconds of a fit and a ranking, one thread. PCA error: of the components that explain 90 % of the variance. "
        + "RandomizedPca: ML.NET's, of rank 20 or one less than the features. Figures of different protocols do not compare.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        foreach (var protocol in Enum.GetValues<AnomalyProtocol>())
        {
            // [set][detector][seed]
            var measured = AnomalySet.All.Select(set =>
            {
                options.Progress($"{Name}: {protocol}, {set.Name}");
                var (features, anomalous) = set.Read(options);
                return Detectors.Select(detector => Enumerable.Range(0, Seeds(options))
                    .Select(seed => Ranking.Of(detector, AnomalySplit.Of(protocol, features, anomalous, seed), seed)).ToArray()).ToArray();
            }).ToArray();
            yield return Table($"**{Caption(protocol)}** AUROC · 100.", measured, of => of.Area, protocol == AnomalyProtocol.Published);
            yield return Table("The same, average precision · 100.", measured, of => of.Precision, published: false);
        }
    }

    private static MarkdownTable Table(string caption, Ranking[][][] measured, Func<Ranking, double> value, bool published)
    {
        string[] publishedNames = published ? ["VAE, published", "PCA", "isolation forest", "kNN"] : [];
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (set, detectors) in AnomalySet.All.Zip(measured))
        {
            rows.Add(
            [
                set.Name,
                .. detectors.Select(seeds => Cell(100 * seeds.Average(value), 1)),
                .. published ? Published(set) : [],
            ]);
        }
        // Of each detector, the mean over sets by seed.
        var means = Detectors
            .Select((_, d) => measured[0][d].Select((_, seed) => 100 * measured.Average(set => value(set[d][seed]))).ToArray())
            .ToArray();
        rows.Add(
        [
            $"**mean of {measured.Length}**",
            .. means.Select(seeds => $"**{Cell(seeds.Average(), 2)}**"),
            .. published ? PublishedMeans() : [],
        ]);
        rows.Add(["± over seeds", .. means.Select(seeds => Cell(StandardError(seeds), 2)), .. publishedNames.Select(_ => "")]);
        rows.Add(
        [
            "s",
            .. Detectors.Select((_, d) => Seconds(measured.Sum(set => set[d].Average(of => of.Seconds)) / measured.Length)),
            .. publishedNames.Select(_ => ""),
        ]);
        return new(caption, ["set", .. Detectors.Select(detector => detector.Name), .. publishedNames], rows);
    }

    private static string Caption(AnomalyProtocol protocol) => protocol switch
    {
        AnomalyProtocol.Published =>
            "1, as published: the first half of the normal rows in file order trains, the others and all anomalies are ranked; sets below "
            + "1,000 rows are drawn to 1,000 with replacement first, which puts copies of training rows among those ranked.",
        AnomalyProtocol.Shuffled =>
            "2, shuffled: half of the normal rows at random trains, the others and all anomalies are ranked. Easier than file order, and "
            + "compared with nothing published.",
        _ => "3, unsupervised: all rows train, anomalies among them, and the same rows are ranked.",
    };

    private static IEnumerable<string> Published(AnomalySet set)
        => [Cell(set.Vae, 1), Cell(set.Pca, 1), Cell(set.Forest, 1), Cell(set.Neighbours, 1)];

    private static IEnumerable<string> PublishedMeans() =>
    [
        Cell(AnomalySet.All.Average(set => set.Vae), 2),
        Cell(AnomalySet.All.Average(set => set.Pca), 2),
        Cell(AnomalySet.All.Average(set => set.Forest), 2),
        Cell(AnomalySet.All.Average(set => set.Neighbours), 2),
    ];

    private static double StandardError(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
    }

    private static int Seeds(NumbersOptions options) => options.Full ? 5 : 2;

    /// <summary>How a detector ranked, and how long it took.</summary>
    private sealed record Ranking(double Area, double Precision, double Seconds)
    {
        public static Ranking Of(IDetector detector, AnomalySplit split, int seed)
        {
            var clock = Stopwatch.StartNew();
            var scores = detector.Scores(split, seed);
            var seconds = clock.Elapsed.TotalSeconds;
            return new(RocCurve.Area(scores, split.Anomalous), AveragePrecision.Of(scores, split.Anomalous), seconds);
        }
    }
}
