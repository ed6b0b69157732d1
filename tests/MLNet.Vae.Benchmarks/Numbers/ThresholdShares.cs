using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Benchmarks.Numbers.Anomalies;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>
/// How many fresh normal rows a detector flags, beside the share that it was asked for: what a threshold is worth on little data.
/// </summary>
internal sealed class ThresholdShares : INumbersTable
{
    private const double Usual = 0.05;
    private const int SyntheticFeatures = 8, SyntheticFactors = 3, SyntheticTested = 2_000;

    private static readonly (int Rows, double Contamination)[] Synthetic =
    [
        (50, 0.05), (200, 0.01), (200, 0.001), (200, 0.05), (2_000, 0.05),
    ];

    public string Name => "threshold-shares";

    public string Title => "Share of fresh normal rows that are flagged";

    public IReadOnlyList<string> Files => [.. AnomalySet.All.Select(set => set.Path)];

    public string Describe(NumbersOptions options) =>
        $"`mlContext.AnomalyDetection.Trainers.Vae()` with its defaults, {Repeats(options)} repeats: trained on half of the normal rows, "
        + "drawn at random, and asked for the labels of the other half; synthetic rows have "
        + $"{SyntheticFactors} Gaussian factors in {SyntheticFeatures} features, {SyntheticTested:N0} fresh ones are tested. Share of them "
        + "flagged, mean over repeats, beside the contamination asked for; its standard deviation over repeats, and what a binomial of as "
        + "many rows as were tested would have. \"rows × c\": below 5 the fit warns that there are too few rows to say. Time of the "
        + "processor for a fit, threshold included, over that for the same fit without one.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var rows = new List<IReadOnlyList<string>>();
        // What is compiled at the first use is no part of what a threshold costs.
        Row("to warm up", Usual, repeat => Drawn(Synthetic[0].Rows, repeat), options with { Full = false });
        foreach (var (count, contamination) in Synthetic)
            rows.Add(Row($"synthetic, {count:N0}", contamination, repeat => Drawn(count, repeat), options));
        foreach (var set in AnomalySet.All)
        {
            var (features, anomalous) = set.Read(options);
            float[][] normal = [.. features.Where((_, row) => !anomalous[row])];
            rows.Add(Row(set.Name, Usual, repeat => Halves(normal, repeat), options));
        }
        string[] columns =
        [
            "set", "rows trained", "asked for, %", "rows × c", "flagged, %", "flagged / asked for", "± over repeats, %", "± binomial, %",
            "fit, times",
        ];
        yield return new("", columns, rows);
    }

    private static IReadOnlyList<string> Row(
        string name, double contamination, Func<int, (float[][] Trained, float[][] Tested)> draw, NumbersOptions options)
    {
        var shares = new List<double>();
        var (with, without, trained, tested) = (0.0, 0.0, 0, 0);
        for (var repeat = 0; repeat < Repeats(options); repeat++)
        {
            options.Progress($"threshold-shares: {name}, {repeat + 1} of {Repeats(options)}");
            var rows = draw(repeat);
            (trained, tested) = (rows.Trained.Length, rows.Tested.Length);
            var mlContext = new MLContext(repeat);
            var training = new VaeTrainingOptions { Seed = repeat, Threads = 1 };
            var before = Environment.CpuUsage.TotalTime;
            using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
            {
                FeatureColumnName = ArrayView.Column,
                Contamination = contamination,
                Training = training,
            }).Fit(VaeDetector.View(rows.Trained));
            with += Seconds(before);
            before = Environment.CpuUsage.TotalTime;
            using var bare = mlContext.Transforms.VaeEmbed(new VaeOptions { InputColumnName = ArrayView.Column, Training = training })
                .Fit(VaeDetector.View(rows.Trained));
            without += Seconds(before);
            Trained.Sound(detector.Model.Info.Training!);
            Trained.Sound(bare.Model.Info.Training!);
            shares.Add(detector.Transform(VaeDetector.View(rows.Tested)).GetColumn<bool>("PredictedLabel").Average(label => label ? 1 : 0));
        }
        var mean = shares.Average();
        var deviation = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Count - 1));
        return
        [
            name, Cell(trained, 0), Cell(100 * contamination, 1), Cell(trained * contamination, 1), Cell(100 * mean, 2),
            Cell(mean / contamination, 2), Cell(100 * deviation, 2),
            Cell(100 * Math.Sqrt(contamination * (1 - contamination) / tested), 2), Cell(with / without, 2),
        ];
    }

    private static (float[][] Trained, float[][] Tested) Halves(float[][] normal, int repeat)
    {
        float[][] shuffled = [.. normal];
        new Random(repeat).Shuffle(shuffled);
        return (shuffled[..(normal.Length / 2)], shuffled[(normal.Length / 2)..]);
    }

    private static (float[][] Trained, float[][] Tested) Drawn(int count, int repeat)
    {
        var loadings = Normals(new Random(0), SyntheticFeatures * SyntheticFactors);
        var random = new Random(1_000 + repeat);
        float[][] rows = [.. Enumerable.Range(0, count + SyntheticTested).Select(_ =>
        {
            var factors = Normals(random, SyntheticFactors);
            double Explained(int j) => factors.Select((factor, k) => factor * loadings[j * SyntheticFactors + k]).Sum();
            return Normals(random, SyntheticFeatures).Select((noise, j) => (float)(Explained(j) + 0.3 * noise)).ToArray();
        })];
        return (rows[..count], rows[count..]);
    }

    private static double[] Normals(Random random, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())),
        ];

    /// <summary>Of the processor, whatever else runs on the machine.</summary>
    private static double Seconds(TimeSpan before) => (Environment.CpuUsage.TotalTime - before).TotalSeconds;

    private static int Repeats(NumbersOptions options) => options.Full ? 20 : 3;
}
