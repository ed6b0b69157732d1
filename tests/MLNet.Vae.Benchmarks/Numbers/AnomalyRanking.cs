using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Modules;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>
/// Anomaly detection by ADBench's semi-supervised protocol (Han et al. 2022): trained on half of the normal rows, tested on the others and
/// all anomalies.
/// </summary>
internal sealed class AnomalyRanking : INumbersTable
{
    private const string Folder = "adbench";
    private const int Resampled = 1_000;

    // Name, file, and AUROC · 100 as published: variational autoencoder, PCA, isolation forest, k nearest neighbours.
    private static readonly Set[] Sets =
    [
        new("annthyroid", "2_annthyroid", 85.4, 85.2, 90.3, 92.8),
        new("breastw", "4_breastw", 99.2, 99.2, 99.5, 99.1),
        new("cardio", "6_cardio", 96.6, 96.5, 93.3, 92.0),
        new("glass", "14_glass", 72.6, 73.4, 81.1, 92.0),
        new("ionosphere", "18_Ionosphere", 89.8, 89.1, 91.2, 97.4),
        new("mammography", "23_mammography", 89.6, 89.9, 88.0, 87.6),
        new("optdigits", "26_optdigits", 58.2, 58.2, 81.1, 93.7),
        new("pima", "29_Pima", 73.2, 72.3, 74.3, 76.9),
        new("satellite", "30_satellite", 74.1, 66.6, 77.5, 82.2),
        new("thyroid", "38_thyroid", 98.6, 98.6, 99.0, 98.7),
        new("vowels", "40_vowels", 52.1, 52.3, 61.8, 82.2),
        new("wine", "45_wine", 94.3, 93.8, 93.9, 99.2),
    ];

    public string Name => "anomaly-ranking";

    public string Title => "Anomaly detection, ADBench protocol";

    public IReadOnlyList<string> Files => [.. Sets.Select(set => set.Path)];

    public string Describe(NumbersOptions options) =>
        $"`mlContext.AnomalyDetection.Trainers.Vae()` with its defaults for all sets, seeds 0 to {Seeds(options) - 1}: half of the normal "
        + "rows train (a tenth of "
        + "them held out by the trainer), the others and all anomalies are ranked; features standardised on the training rows. AUROC · "
        + "100, mean over seeds, ± the "
        + $"standard deviation over them. Published figures draw {Resampled:N0} rows with replacement from smaller sets first, which puts "
        + "copies of training rows among "
        + "those tested: those of \"resampled\" compare with them, larger sets are the same either way.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var rows = new List<IReadOnlyList<string>>();
        var (asTheyAre, resampled) = (new List<double>(), new List<double>());
        foreach (var set in Sets)
        {
            options.Progress($"anomaly-ranking: {set.Name}");
            var clock = Stopwatch.StartNew();
            var archive = new NumpyArchive(options.Path(set.Path));
            var features = archive.Read("X").Select(row => Array.ConvertAll(row, value => (float)value)).ToArray();
            var anomalous = archive.Read("y").Select(row => row[0] == 1).ToArray();
            var plain = Areas(features, anomalous, resample: false, options);
            var drawn = features.Length < Resampled ? Areas(features, anomalous, resample: true, options) : plain;
            asTheyAre.Add(plain.Average());
            resampled.Add(drawn.Average());
            rows.Add(
            [
                set.Name, Cell(features.Length, 0), Cell(features[0].Length, 0), MeanAndDeviation(plain), MeanAndDeviation(drawn),
                Cell(set.Vae, 1), Cell(set.Pca, 1), Cell(set.Forest, 1), Cell(set.Neighbours, 1), Seconds(clock.Elapsed.TotalSeconds),
            ]);
        }
        rows.Add([
            $"**mean of {Sets.Length}**",
            "",
            "",
            $"**{Cell(asTheyAre.Average(), 2)}**",
            $"**{Cell(resampled.Average(), 2)}**",
            Cell(Sets.Average(set => set.Vae), 2),
            Cell(Sets.Average(set => set.Pca), 2),
            Cell(Sets.Average(set => set.Forest), 2),
            Cell(Sets.Average(set => set.Neighbours), 2),
            "",
        ]);
        yield return new(
            "",
            [
                "set",
                "rows",
                "features",
                "as it is",
                "resampled",
                "VAE, published",
                "PCA, published",
                "isolation forest, published",
                "kNN, published",
                "s",
            ],
            rows
        );
    }

    private static double[] Areas(float[][] features, bool[] anomalous, bool resample, NumbersOptions options)
        => [.. Enumerable.Range(0, Seeds(options)).Select(seed => 100 * Area(features, anomalous, resample, seed))];

    private static double Area(float[][] features, bool[] anomalous, bool resample, int seed)
    {
        var random = new Random(seed);
        int[] rows = resample
            ? [.. Enumerable.Range(0, Resampled).Select(_ => random.Next(features.Length))]
            : [.. Enumerable.Range(0, features.Length)];
        int[] normal = [.. rows.Where(row => !anomalous[row])];
        random.Shuffle(normal);
        var trained = normal[..(normal.Length / 2)];
        int[] tested = [.. normal[(normal.Length / 2)..], .. rows.Where(row => anomalous[row])];

        // One thread: these networks are too small for more.
        var options = new VaeAnomalyOptions { FeatureColumnName = ArrayView.Column, Training = new() { Seed = seed, Threads = 1 } };
        using var transformer = new MLContext(seed).AnomalyDetection.Trainers.Vae(options).Fit(View(features, trained));
        Trained.Sound(transformer.Model.Info.Training!);
        var scores = transformer.Transform(View(features, tested)).GetColumn<float>("Score").ToArray();
        return RocCurve.Area(scores, [.. tested.Select(row => anomalous[row])]);
    }

    private static ArrayView View(float[][] features, int[] rows) => new([.. rows.SelectMany(row => features[row])], features[0].Length);

    private static int Seeds(NumbersOptions options) => options.Full ? 5 : 2;

    private static string MeanAndDeviation(double[] values)
    {
        var mean = values.Average();
        return $"{Cell(mean, 1)} ± {Cell(Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)), 1)}";
    }

    private sealed record Set(string Name, string File, double Vae, double Pca, double Forest, double Neighbours)
    {
        public string Path => $"{Folder}/{File}.npz";
    }
}
