using MLNet.Vae.Benchmarks.Numbers.Anomalies;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines of the guide of docs/anomalies.md, and its figures.</summary>
public sealed class GuideExample(ITestOutputHelper output)
{
    private const int Width = 8, Stuck = 2, Normal = 400, Faults = 60;

    /// <summary>By how much an area may differ from the page's on another machine.</summary>
    private const double Tolerance = 0.03;

    private readonly MLContext _mlContext = new(seed: 1);

    /// <summary>A day with faults.</summary>
    private readonly Row[] _today = Rows(Normal, Faults, seed: 2);

    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = _mlContext;
        var (history, today, labelled) = (View(Rows(1000, 0, seed: 1)), View(_today), View(Rows(300, 30, seed: 3)));

        var options = new VaeAnomalyOptions
        {
            TrainingRows = VaeRowPurity.Clean,
            Contamination = 0.01,
            ContributionsColumnName = "Contributions",
            Training = new() { Seed = 1 },
        };
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(history);
        var scored = detector.Transform(today);
        float[] scores = [.. scored.GetColumn<float>("Score")];
        float[] pValues = [.. scored.GetColumn<float>("PValue")];
        var reported = VaeFalseDiscoveryRate.Control(pValues, rate: 0.1);

        var worst = Array.IndexOf(scores, scores.Max());
        var contributions = scored.GetColumn<float[]>("Contributions").ElementAt(worst);
        var suspect = Array.IndexOf(contributions, contributions.Max());

        double[] levels = [0.05, 0.1, 0.25, 0.5];
        double[] shares = [.. levels.Select(level => pValues.Count(p => p <= level) / (double)pValues.Length)];

        using var told = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            KnownAnomalyColumnName = "IsFaulty",
            ContributionsColumnName = "Contributions",
            Training = new() { Seed = 1 },
        }).Fit(labelled);
        float[] toldScores = [.. told.Transform(today).GetColumn<float>("Score")];

        using var both = detector.WithColumns(detector.Model.Info.Columns with { Embedding = "Embedding" });
        var learner = mlContext.Transforms.Concatenate("All", "Features", "Score", "Embedding")
            .Append(mlContext.BinaryClassification.Trainers.FastTree("IsFaulty", "All"));
        var classifier = learner.Fit(both.Transform(labelled));
        float[] probabilities = [.. classifier.Transform(both.Transform(today)).GetColumn<float>("Probability")];

        Assert.True(_today[worst].IsFaulty);
        Assert.Equal(Stuck, suspect);
        var found = reported.Where((report, row) => report && _today[row].IsFaulty).Count();
        Assert.InRange(found, Faults / 3, Faults);
        Assert.InRange(reported.Count(report => report) - found, 0, found / 5);
        // Of a day of which an eighth is faults more rows are unusual than of a normal one.
        Assert.True(shares[0] > 0.1 && shares[^1] > 0.5, string.Join(", ", shares));
        var usual = pValues[..Normal].Count(p => p <= 0.05f) / (double)Normal;
        Assert.InRange(usual, 0, 0.05);

        using var notTold = mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Training = new() { Seed = 1 } })
            .Fit(View(Rows(300, 0, seed: 3)));
        float[] notToldScores = [.. notTold.Transform(today).GetColumn<float>("Score")];
        output.WriteLine($"told {Area(toldScores):F4}, not told {Area(notToldScores):F4}");
        Assert.True(Area(toldScores) > Area(notToldScores), $"told {Area(toldScores):F4}, not told {Area(notToldScores):F4}");
        var withoutScore = mlContext.BinaryClassification.Trainers.FastTree("IsFaulty", "Features").Fit(labelled);
        Near(0.99, Area(probabilities), "trees");
        Near(0.99, Area([.. withoutScore.Transform(today).GetColumn<float>("Probability")]), "trees on features alone");
        var (ofPca, ofNearest) = Rivals(history, today);
        Near(0.99, Area(scores), "detector");
        Near(0.83, Area(ofPca), "PCA");
        Near(0.98, Area(ofNearest), "nearest");
        output.WriteLine($"{found} found, {reported.Count(report => report)} reported; {string.Join(", ", shares)}; normal: {usual}");
    }

    [Theory]
    [InlineData(VaeRowPurity.Contaminated, 0.90)]
    [InlineData(VaeRowPurity.Unknown, 0.91)]
    public void Faults_in_the_history_blind_the_nearest_row_more_than_the_detector(VaeRowPurity purity, double page)
    {
        var (history, today) = (View(Rows(950, 50, seed: 1)), View(_today));
        var options = new VaeAnomalyOptions { TrainingRows = purity, Training = new() { Seed = 1 } };
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(history);
        var scored = detector.Transform(today);
        var area = Area([.. scored.GetColumn<float>("Score")]);
        var (ofPca, ofNearest) = Rivals(history, today);
        Near(page, area, "detector");
        Near(0.81, Area(ofPca), "PCA");
        Near(0.86, Area(ofNearest), "nearest");
        Assert.True(area > Area(ofNearest) + 0.01);
        // Faults among the rows that p-values compare with: next to none is unusual enough.
        var reported = VaeFalseDiscoveryRate.Control([.. scored.GetColumn<float>("PValue")], rate: 0.1).Count(report => report);
        output.WriteLine($"{reported} reported");
        Assert.InRange(reported, 0, Faults / 3);
    }

    private void Near(double page, double area, string what)
    {
        output.WriteLine($"{what}: {area:F4}");
        Assert.InRange(area, page - Tolerance, Math.Min(1, page + Tolerance));
    }

    private (float[] OfPca, float[] OfNearest) Rivals(IDataView history, IDataView today)
    {
        var mlContext = _mlContext;

        var units = mlContext.Transforms.NormalizeMeanVariance("Features", fixZero: false);
        var pca = units.Append(mlContext.AnomalyDetection.Trainers.RandomizedPca("Features", rank: 3, seed: 1)).Fit(history);
        float[] ofPca = [.. pca.Transform(today).GetColumn<float>("Score")];

        var inUnits = units.Fit(history);
        var known = inUnits.Transform(history).GetColumn<float[]>("Features").ToArray();
        float Nearest(float[] row) => known.Min(other => row.Zip(other, (a, b) => (a - b) * (a - b)).Sum());
        float[] ofNearest = [.. inUnits.Transform(today).GetColumn<float[]>("Features").Select(Nearest)];

        return (ofPca, ofNearest);
    }

    private double Area(float[] scores) => RocCurve.Area(scores, [.. _today.Select(row => row.IsFaulty)]);

    private IDataView View(Row[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        return _mlContext.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>Readings that follow two causes by waves, with noise; where there is a fault one of the readings sticks.</summary>
    private static Row[] Rows(int normal, int faults, int seed)
    {
        var (machine, random) = (new Random(11), new Random(seed));
        var waves = Enumerable.Range(0, Width)
            .Select(_ => (First: Trainer.Normal(machine), Second: Trainer.Normal(machine), Phase: 6 * machine.NextDouble())).ToArray();
        return [.. Enumerable.Range(0, normal + faults).Select(i =>
        {
            var (first, second) = (Trainer.Normal(random), Trainer.Normal(random));
            float[] readings =
            [
                .. waves.Select(wave =>
                    (float)(Math.Sin((wave.First * first) + (wave.Second * second) + wave.Phase) + (0.1 * Trainer.Normal(random)))),
            ];
            if (i >= normal)
                readings[Stuck] = 0.8f + (float)(0.1 * Trainer.Normal(random));
            return new Row { Features = readings, IsFaulty = i >= normal };
        })];
    }

    private sealed class Row
    {
        public float[] Features { get; init; } = [];

        public bool IsFaulty { get; init; }
    }
}
