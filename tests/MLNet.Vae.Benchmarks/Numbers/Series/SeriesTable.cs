using Microsoft.ML;
using Microsoft.ML.Data;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Series;

/// <summary>Faults of a water pump found in its sensors: SKAB, one model a file on its first 400 readings.</summary>
internal sealed class SeriesTable : INumbersTable
{
    private static readonly IReadOnlyList<(string Name, string F1, string False, string Missed)> Published =
    [
        ("published: Conv-AE", ".78", "13.55", "28.02"),
        ("published: MSET", ".78", "39.73", "14.13"),
        ("published: T² + Q", ".76", "26.62", "24.92"),
        ("published: LSTM-AE", ".74", "29.96", "25.92"),
        ("published: LSTM-VAE", ".56", "9.13", "55.03"),
    ];

    public string Name => "series";

    public string Title => "Sensors of a water pump, SKAB";

    public IReadOnlyList<string> Files => ["skab/other/1.csv"];

    public string Describe(NumbersOptions options) =>
        $"One model a file on its first {SkabFile.Trained} readings, all later ones judged, pooled over the files that are there; mean and "
        + $"standard deviation over seeds 1 to {Seeds(options)}. `VaeSeries`: `mlContext.AnomalyDetection.Trainers.VaeSeries` with its "
        + "defaults, windows of 40 readings. Rows: `Trainers.Vae` on the readings one by one, contamination 1 %. T² + Q: principal "
        + "components of 90 % of the variance, each statistic over its 99 % quantile. \"Best\": at the threshold that has the best F1, "
        + "which nobody knows beforehand. Published figures are of all 34 files (SKAB v0.9), of which folder valve1 is not among those "
        + "measured unless it is there.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var files = SkabFile.All(options);
        var rivals = new (string Name, Func<SkabFile, int, float[]> Scores, Func<SkabFile, int, double> Threshold)[]
        {
            ("VaeSeries", (file, seed) => Series(file, seed, options.Threads), (_, _) => Threshold),
            ("detector of rows", (file, seed) => Rows(file, seed, options.Threads), (_, _) => 0),
            ("T² + Q", (file, _) => [.. PcaStatistics.Scores(file.Readings, SkabFile.Trained).Select(score => (float)score)], (_, _) => 1),
        };
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (name, scores, threshold) in rivals)
        {
            var runs = new List<(Alarms At, Alarms Best, Dictionary<string, Alarms> ByFolder)>();
            for (var seed = 1; seed <= Seeds(options); seed++)
            {
                var all = new List<(string Folder, double Score, bool Anomalous)>();
                foreach (var file in files)
                {
                    options.Progress($"{Name}: {name}, seed {seed}, {file.Name}");
                    var of = scores(file, seed);
                    for (var i = SkabFile.Trained; i < of.Length; i++)
                        all.Add((file.Name.Split('/')[0], of[i] - threshold(file, seed), file.Anomalous[i]));
                }
                List<(double, bool)> Of(string? folder)
                    => [.. all.Where(one => folder is null || one.Folder == folder).Select(one => (one.Score, one.Anomalous))];
                runs.Add((Alarms.Of(Of(null), 0), Alarms.Best(Of(null)),
                    all.Select(one => one.Folder).Distinct().ToDictionary(folder => folder, folder => Alarms.Of(Of(folder), 0))));
            }
            rows.Add(Row(name, [.. runs.Select(run => run.At)], [.. runs.Select(run => run.Best)]));
            foreach (var folder in runs[0].ByFolder.Keys)
                rows.Add(Row($"&nbsp;&nbsp;{folder}", [.. runs.Select(run => run.ByFolder[folder])], null));
        }
        rows.AddRange(Published.Select(of => (IReadOnlyList<string>)[of.Name, of.F1, "", of.False, of.Missed, ""]));
        var folders = files.GroupBy(file => file.Name.Split('/')[0]).Select(of => $"{of.Count()} of {of.Key}");
        yield return new(
            $"{files.Count} files, {string.Join(", ", folders)}.",
            ["", "F1", "±", "false alarms, %", "missed, %", "best F1"], rows);
    }

    private static double Threshold => new VaeSeriesOptions().Threshold;

    private static IReadOnlyList<string> Row(string name, Alarms[] at, Alarms[]? best)
    {
        var f1 = at.Select(of => of.F1).ToArray();
        var mean = f1.Average();
        var deviation = f1.Length < 2 ? 0 : Math.Sqrt(f1.Sum(value => (value - mean) * (value - mean)) / (f1.Length - 1));
        return
        [
            name, Cell(mean, 3), Cell(deviation, 3), Cell(100 * at.Average(of => of.FalseShare), 1),
            Cell(100 * at.Average(of => of.MissedShare), 1), best is null ? "" : Cell(best.Average(of => of.F1), 3),
        ];
    }

    private static float[] Series(SkabFile file, int seed, int threads)
    {
        var mlContext = new MLContext(seed);
        var readings = View(mlContext, file.Times, file.Readings);
        using var transformer = mlContext.AnomalyDetection.Trainers.VaeSeries(new VaeSeriesOptions
        {
            Window = new() { Columns = ["Values"], TimeColumnName = "Time" },
            Training = new() { Seed = seed, Threads = threads, ValidationSplit = VaeValidationSplit.Last },
        }).Fit(mlContext.Data.TakeRows(readings, SkabFile.Trained));
        return [.. transformer.Transform(readings).GetColumn<float>("Score")];
    }

    /// <summary>Less the threshold of the fit.</summary>
    private static float[] Rows(SkabFile file, int seed, int threads)
    {
        var mlContext = new MLContext(seed);
        var readings = View(mlContext, file.Times, file.Readings);
        using var transformer = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            FeatureColumnName = "Values",
            Contamination = 0.01,
            Training = new() { Seed = seed, Threads = threads },
        }).Fit(mlContext.Data.TakeRows(readings, SkabFile.Trained));
        return [.. transformer.Transform(readings).GetColumn<float>("Score").Select(score => score - (float)transformer.Threshold!)];
    }

    private static IDataView View(MLContext mlContext, DateTime[] times, float[][] readings)
        => mlContext.Data.LoadFromEnumerable(times.Zip(readings, (time, values) => new Reading(time, values)).ToList());

    private static int Seeds(NumbersOptions options) => options.Full ? 3 : 1;

    private sealed class Reading(DateTime time, float[] values)
    {
        public DateTime Time { get; } = time;

        [VectorType(SkabFile.Channels)]
        public float[] Values { get; } = values;
    }
}
