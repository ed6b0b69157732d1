using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>A detector that is told of a few of the anomalies in its history, beside one that is not and beside FastTree.</summary>
internal sealed class KnownAnomalies : INumbersTable
{
    private const double TrainedShare = 0.7;
    private const int MostNormal = 5_000;

    private static readonly double[] KnownShares = [0.01, 0.05, 0.1];
    private static readonly string[] Rivals = ["not told", "told", "FastTree"];

    public string Name => "known-anomalies";

    public string Title => "A few known anomalies, ADBench";

    public IReadOnlyList<string> Files => [.. AnomalySet.All.Select(set => set.Path)];

    public string Describe(NumbersOptions options) =>
        $"70 % of normal rows and of anomalies train, the others are ranked, seeds 0 to {Seeds(options) - 1}; at most {MostNormal:N0} "
        + "normal rows. Of the anomalies that train, 1, 5 or 10 % are known, at least one; the others are there as rows like any. Told: "
        + "`KnownAnomalyColumnName`; not told: the same rows without those known, defaults. FastTree: the known ones against all others, "
        + "on the features, defaults. Features standardised on the training rows. AUROC · 100; the last row is average precision · 100.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        // [set][share][rival]
        var measured = AnomalySet.All.Select(set =>
        {
            options.Progress($"{Name}: {set.Name}");
            var (features, anomalous) = set.Read(options);
            return KnownShares.Select(share =>
            {
                var runs = Enumerable.Range(0, Seeds(options)).Select(seed => Run(features, anomalous, share, seed)).ToList();
                return Rivals.Select((_, i) => (Area: runs.Average(run => run[i].Area), Precision: runs.Average(run => run[i].Precision)))
                    .ToArray();
            }).ToArray();
        }).ToArray();
        string[] names = [.. from share in KnownShares from rival in Rivals select $"{share:P0}: {rival}"];
        var rows = AnomalySet.All.Zip(measured, (set, shares) => (IReadOnlyList<string>)
        [
            set.Name, .. shares.SelectMany(rivals => rivals.Select(rival => Cell(100 * rival.Area, 1))),
        ]).ToList();
        rows.Add(["**mean**", .. Means(rival => rival.Area).Select(mean => $"**{mean}**")]);
        rows.Add(["average precision", .. Means(rival => rival.Precision)]);
        yield return new("", ["set", .. names], rows);

        IEnumerable<string> Means(Func<(double Area, double Precision), double> of)
            => from share in Enumerable.Range(0, KnownShares.Length)
               from rival in Enumerable.Range(0, Rivals.Length)
               select Cell(100 * measured.Average(set => of(set[share][rival])), 1);
    }

    private static (double Area, double Precision)[] Run(float[][] features, bool[] anomalous, double share, int seed)
    {
        var random = new Random(seed);
        int[] rows = [.. Enumerable.Range(0, features.Length)];
        random.Shuffle(rows);
        int[] anomalies = [.. rows.Where(row => anomalous[row])];
        int[] normal = [.. rows.Where(row => !anomalous[row]).Take(MostNormal)];
        var (cutAnomalies, cutNormal) = ((int)(TrainedShare * anomalies.Length), (int)(TrainedShare * normal.Length));
        var known = anomalies[..Math.Max(1, (int)Math.Round(share * cutAnomalies))];
        int[] trained = [.. anomalies[..cutAnomalies], .. normal[..cutNormal]];
        // As rows come: in no order.
        random.Shuffle(trained);
        int[] tested = [.. anomalies[cutAnomalies..], .. normal[cutNormal..]];
        var scaled = Standardised(features, trained);
        Row[] history = [.. trained.Select(row => new Row(scaled[row], known.Contains(row)))];
        Row[] judged = [.. tested.Select(row => new Row(scaled[row], anomalous[row]))];
        bool[] labels = [.. judged.Select(row => row.Label)];
        var mlContext = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features[0].Length);
        IDataView View(IEnumerable<Row> of) => mlContext.Data.LoadFromEnumerable(of, schema);
        return
        [
            Ranked(Detector(null).Fit(View(history.Where(row => !row.Label)))),
            Ranked(Detector(nameof(Row.Label)).Fit(View(history))),
            Ranked(mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 })
                .Fit(View(history))),
        ];

        VaeAnomalyEstimator Detector(string? column) => mlContext.AnomalyDetection.Trainers.Vae(
            new VaeAnomalyOptions { KnownAnomalyColumnName = column, Training = new() { Seed = seed, Threads = 1 } });

        (double, double) Ranked(ITransformer model)
        {
            float[] scores = [.. model.Transform(View(judged)).GetColumn<float>("Score")];
            (model as IDisposable)?.Dispose();
            return (RocCurve.Area(scores, labels), AveragePrecision.Of(scores, labels));
        }
    }

    private static float[][] Standardised(float[][] features, int[] trained)
    {
        var (mean, deviation) = (new double[features[0].Length], new double[features[0].Length]);
        for (var j = 0; j < mean.Length; j++)
        {
            mean[j] = trained.Average(row => (double)features[row][j]);
            deviation[j] = Math.Sqrt(trained.Average(row => Math.Pow(features[row][j] - mean[j], 2)));
        }
        return Array.ConvertAll(features, row => row.Select((value, j) =>
            (float)((value - mean[j]) / (deviation[j] > 0 ? deviation[j] : 1))).ToArray());
    }

    private static int Seeds(NumbersOptions options) => options.Full ? 5 : 1;

    private sealed class Row(float[] features, bool label)
    {
        public float[] Features { get; } = features;

        public bool Label { get; } = label;
    }
}
