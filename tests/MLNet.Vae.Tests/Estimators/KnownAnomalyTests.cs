using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>A detector that is told of a few anomalies.</summary>
public sealed class KnownAnomalyTests : IDisposable
{
    private const int Width = 5, Normal = 600;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Two in a hundred rows are anomalies, of which 3 are known; they lie within the range of the normal rows.</summary>
    [Fact]
    public void A_few_known_ones_find_the_others_of_their_kind()
    {
        var rows = Rows(Normal, anomalies: 12, seed: 1, known: 3);
        var others = Rows(300, anomalies: 60, seed: 2, known: 0);
        double Found(string? column)
        {
            using var detector = Fit(rows, column);
            var scores = detector.Transform(View(others)).GetColumn<float>("Score").ToArray();
            return Area(scores[60..], scores[..60]);
        }

        var (without, with) = (Found(null), Found("Known"));
        Assert.True(without < 0.85 && with > 0.95, $"without {without:F3}, with {with:F3}");
    }

    [Fact]
    public void Contributions_sum_to_the_score_in_memory_loaded_and_exported()
    {
        var view = View(Rows(Normal, anomalies: 12, seed: 1, known: 5));
        using var detector = Fit(Rows(Normal, anomalies: 12, seed: 1, known: 5), "Known");
        var path = Path.Combine(_folder, "model.zip");
        _mlContext.Model.Save(detector, view.Schema, path);
        using var fast = VaeTransformer.From(_mlContext, path);
        var scored = detector.Transform(view);
        var expected = scored.GetColumn<float>("Score").ToArray();
        var contributions = scored.GetColumn<float[]>("Contributions").ToArray();

        double[] doubles = Array.ConvertAll(expected, score => (double)score);
        Near.Equal(doubles, [.. contributions.Select(terms => (float)terms.Sum(term => (double)term))], "sums of contributions");
        Near.Equal(doubles, [.. _mlContext.Model.Load(path, out _).Transform(view).GetColumn<float>("Score")], "stock pipeline");
        Near.Equal(doubles, [.. fast.Transform(view).GetColumn<float>("Score")], "loaded");
        Assert.Equal(5, fast.Model.Info.KnownAnomalyCount);
    }

    /// <summary>Nothing but the rows themselves decides: a number, a truth value, and rows that are not there train the same.</summary>
    [Fact]
    public void Known_ones_do_not_train()
    {
        var rows = Rows(Normal, anomalies: 12, seed: 1, known: 6);
        using var marked = Fit(rows, "Known");
        using var numbered = Fit(rows, "KnownNumber");
        using var without = Fit([.. rows.Where(row => !row.Known)], null);
        var view = View(rows);

        Assert.Equal(
            marked.Transform(view).GetColumn<float>("Score").ToArray(), numbered.Transform(view).GetColumn<float>("Score").ToArray());
        Assert.Equal(without.Model.Info.Training!.TrainingRows, marked.Model.Info.Training!.TrainingRows);
        Assert.Equal(without.Model.Info.Training.Epochs[^1].ValidationElbo, marked.Model.Info.Training.Epochs[^1].ValidationElbo);
    }

    [Fact]
    public void The_threshold_keeps_its_share_of_normal_rows()
    {
        using var detector = Fit(Rows(2_000, anomalies: 20, seed: 1, known: 10), "Known");
        var scored = detector.Transform(View(Rows(2_000, anomalies: 0, seed: 3, known: 0)));
        Assert.InRange(scored.GetColumn<bool>("PredictedLabel").Average(label => label ? 1.0 : 0), 0.025, 0.09);
    }

    [Fact]
    public void Where_none_is_known_the_log_says_so_and_the_detector_is_as_without()
    {
        var rows = Rows(200, anomalies: 0, seed: 1, known: 0);
        using var marked = Fit(rows, "Known");
        using var without = Fit(rows, null);
        Assert.Contains(
            marked.Model.Info.Training!.Warnings, warning => warning.Contains("'Known' marks no row", StringComparison.Ordinal));
        var view = View(rows);
        Assert.Equal(
            without.Transform(view).GetColumn<float>("Score").ToArray(), marked.Transform(view).GetColumn<float>("Score").ToArray());
    }

    [Fact]
    public void More_than_the_model_can_carry_are_drawn()
    {
        var rows = Rows(1_500, anomalies: 1_400, seed: 1, known: 1_300);
        using var detector = Fit(rows, "Known");
        Assert.Equal(1_024, detector.Model.Info.KnownAnomalyCount);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        var rows = Rows(200, anomalies: 4, seed: 1, known: 2);
        var absent = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(rows, "Nobody"));
        Assert.Contains("The known anomalies column \"Nobody\" is missing", absent.Message, StringComparison.Ordinal);
        var text = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(rows, "Name"));
        Assert.Contains("must be a Boolean, or a number of 0 and 1; it is String", text.Message, StringComparison.Ordinal);
        var vector = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(rows, "Features"));
        Assert.Contains("must be a Boolean, or a number of 0 and 1", vector.Message, StringComparison.Ordinal);
        rows[7].KnownNumber = 2;
        var number = Assert.Throws<InvalidOperationException>(() => Fit(rows, "KnownNumber"));
        Assert.Contains("'KnownNumber' is 2 in row 7: expected 1 of an anomaly", number.Message, StringComparison.Ordinal);
        var options = Assert.Throws<ArgumentException>(() => _mlContext.AnomalyDetection.Trainers.Vae(
            new VaeAnomalyOptions { KnownAnomalyColumnName = "Known", ScoreKind = VaeScoreKind.NegativeElbo }));
        Assert.Contains("KnownAnomalyColumnName needs ScoreKind NeighborDistance", options.Message, StringComparison.Ordinal);
    }

    private VaeTransformer Fit(Row[] rows, string? known) => _mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
    {
        KnownAnomalyColumnName = known,
        ContributionsColumnName = "Contributions",
        Training = new() { Seed = 1, Epochs = 20 },
    }).Fit(View(rows));

    private IDataView View(Row[] rows) => _mlContext.Data.LoadFromEnumerable(rows);

    /// <summary>Normal rows are spread; anomalies, which come first, are close to one place among them.</summary>
    private static Row[] Rows(int normal, int anomalies, int seed, int known)
    {
        var random = new Random(seed);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return
        [
            .. Enumerable.Range(0, anomalies + normal).Select(i => new Row
            {
                Features = [.. Enumerable.Range(0, Width).Select(_ => (float)(i < anomalies ? 1 + 0.2 * Gauss() : Gauss()))],
                Known = i < known,
                KnownNumber = i < known ? 1 : i % 2 == 0 ? 0 : float.NaN,
            }),
        ];
    }

    private static double Area(float[] normal, float[] anomalous)
        => anomalous.Average(high => normal.Average(low => high > low ? 1.0 : high == low ? 0.5 : 0));

    private sealed class Row
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        public bool Known { get; set; }

        public float KnownNumber { get; set; }

        public string Name { get; set; } = "";
    }
}
