using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Likelihoods;

namespace MLNet.Vae.Tests.Missing;

/// <summary>A table of numbers, a yes or no and a category, three in ten cells of which are missing: trained on, imputed, saved.</summary>
public sealed class MissingTableTests
{
    private const double Share = 0.3;

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Mlp(32),
        Latent = VaeLatent.Gaussian(3),
        Likelihood = MixedTable.Likelihood,
        MissingValues = VaeMissingValues.Observed,
        Corruption = VaeCorruption.Masking(0.3),
        ReconstructionColumnName = "Again",
        ScoreColumnName = "Score",
        ContributionsColumnName = "Contributions",
        Training = new() { Epochs = 60, LearningRate = 0.005, BatchSize = 64, Seed = 7, Threads = 1 },
    };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void What_is_hidden_is_imputed_better_than_by_the_column()
    {
        var (train, test) = (MixedTable.Rows(1_500, seed: 1), MixedTable.Rows(1_000, seed: 2));
        using var transformer = Fit(Options, Hidden(train));
        var hidden = Hidden(test, seed: 3);

        var scored = transformer.Transform(MixedTable.View(_mlContext, hidden));

        var again = scored.GetColumn<float[]>("Again").ToArray();
        foreach (var column in (string[])["Embedding", "EmbeddingLogSigma", "Again", "Contributions"])
            Assert.All(scored.GetColumn<float[]>(column), row => Assert.All(row, value => Assert.True(float.IsFinite(value))));
        Assert.All(scored.GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        Assert.All(transformer.History().Epochs, epoch => Assert.True(double.IsFinite(epoch.Elbo)));

        // Three kinds of things 20 apart, of deviation 5.
        var size = train.Average(row => row[0]);
        Assert.InRange(Error(row => row[0], 0), 0, 0.75 * Error(_ => size, 0));
        var sold = train.Average(row => row[2]);
        Assert.InRange(Error(row => row[2], 2), 0, 0.9 * Error(_ => sold, 2));
        var places = Enumerable.Range(0, test.Count).Where(i => float.IsNaN(hidden[i][3])).ToArray();
        var usual = Enumerable.Range(3, 4).MaxBy(slot => train.Sum(row => row[slot]));
        var right = places.Count(i => test[i][Enumerable.Range(3, 4).MaxBy(slot => again[i][slot])] == 1);
        Assert.True(right > places.Count(i => test[i][usual] == 1) + 0.15 * places.Length);

        double Error(Func<float[], float> guess, int slot) => Enumerable
            .Range(0, test.Count)
            .Where(i => float.IsNaN(hidden[i][slot]))
            .Average(i => Math.Pow(guess(again[i]) - test[i][slot], 2));
    }

    [Fact]
    public void A_saved_model_takes_missing_values_too()
    {
        var rows = Hidden(MixedTable.Rows(200));
        Array.Fill(rows[5], float.NaN);
        var data = MixedTable.View(_mlContext, rows);
        using var transformer = Fit(Options with { Training = Options.Training with { Epochs = 3 } }, rows);
        using var directory = new TemporaryDirectory();
        var path = directory.File("model.zip");
        _mlContext.Model.Save(transformer, data.Schema, path);

        using var loaded = VaeTransformer.From(_mlContext, path);

        Assert.Equal(VaeMissingValues.Observed, loaded.Model.Info.MissingValues);
        var (before, after) = (transformer.Transform(data), loaded.Transform(data));
        var stock = _mlContext.Model.Load(path, out _).Transform(data);
        foreach (var column in (string[])["Embedding", "Again", "Contributions"])
        {
            Assert.Equal(before.GetColumn<float[]>(column), after.GetColumn<float[]>(column));
            Assert.Equal(before.GetColumn<float[]>(column), stock.GetColumn<float[]>(column), AreNear);
        }
        var scores = before.GetColumn<float>("Score").ToArray();
        Assert.Equal(scores, after.GetColumn<float>("Score"));
        Assert.Equal(0, scores[5]);
        using var engine = _mlContext.Model.CreatePredictionEngine<Row, Scored>(loaded);
        for (var i = 0; i < 10; i++)
        {
            var one = engine.Predict(new() { Features = rows[i] });
            Assert.Equal(scores[i], one.Score, 1e-4 * Math.Max(1, Math.Abs(scores[i])));
            Assert.Equal(one.Score, one.Contributions.Sum(value => (double)value), 1e-4 * Math.Max(1, Math.Abs(scores[i])));
        }

        static bool AreNear(float[] one, float[] other)
            => one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.First)));
    }

    [Fact]
    public void A_detector_scores_what_is_there_by_the_bound()
    {
        var options = TinyVae.AnomalyOptions with { MissingValues = VaeMissingValues.Observed };
        var rows = MissingCells.Hidden(FactorRows.Create(300), Share);
        using var detector = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(FactorRows.View(_mlContext, rows));

        Assert.Equal(VaeScoreKind.NegativeElbo, detector.Model.Info.ScoreKind);
        Assert.True(double.IsFinite(detector.Threshold!.Value));
        var scored = detector.Transform(FactorRows.View(_mlContext, rows));
        Assert.All(scored.GetColumn<float>("PValue"), value => Assert.InRange(value, 0, 1));
        Assert.InRange(scored.GetColumn<bool>("PredictedLabel").Count(label => label), 1, 60);
    }

    public static TheoryData<VaeLatent> Latents =>
        [VaeLatent.Deterministic(2), VaeLatent.GaussianMixture(2, 3), VaeLatent.VectorQuantized(2, 8), VaeLatent.Hierarchical(3, 2)];

    [Theory]
    [MemberData(nameof(Latents))]
    public void Any_latent_variable_will_do(VaeLatent latent)
    {
        var rows = Hidden(MixedTable.Rows(200));
        var options = Options with { Latent = latent, Training = Options.Training with { Epochs = 2 } };
        using var transformer = Fit(options, rows);
        var scored = transformer.Transform(MixedTable.View(_mlContext, rows));
        Assert.All(scored.GetColumn<float[]>("Embedding").SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
        Assert.All(scored.GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
    }

    [Fact]
    public void A_classifier_of_few_labels_will_do()
    {
        var rows = SemiSupervisedRows.Create(400, labelledPerClass: 20);
        foreach (var (row, hidden) in rows.Zip(MissingCells.Hidden(rows.Select(row => row.Features), 0.2)))
            row.Features = hidden;
        var data = SemiSupervisedRows.View(_mlContext, rows);
        using var classifier = _mlContext.MulticlassClassification.Trainers
            .VaeSemiSupervised(new VaeSemiSupervisedOptions
            {
                Architecture = VaeArchitecture.Mlp(16),
                Likelihood = VaeLikelihood.Bernoulli,
                MissingValues = VaeMissingValues.Observed,
                Training = TinyVae.Training with { ValidationFraction = 0 },
            })
            .Fit(data);
        Assert.All(
            classifier.Transform(data).GetColumn<float[]>("Score"), row => Assert.Equal(1, row.Sum(value => (double)value), 1e-4));
    }

    [Fact]
    public void Whole_rows_make_no_difference_to_what_is_asked_of_the_generator()
    {
        var rows = Hidden(MixedTable.Rows(200));
        using var transformer = Fit(Options with { Training = Options.Training with { Epochs = 2 } }, rows);
        var data = MixedTable.View(_mlContext, rows);
        using var generator = VaeGenerator.From(transformer);
        var again = transformer.Transform(data).GetColumn<float[]>("Again").ToArray();

        foreach (var samples in (VaeSamples[])[generator.Reconstruct(rows), generator.Reconstruct(data)])
        {
            for (var i = 0; i < rows.Count; i++)
                Assert.All(again[i].Zip(samples.Rows[i]), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }
    }

    private VaeTransformer Fit(VaeOptions options, IEnumerable<float[]> rows)
        => _mlContext.Transforms.VaeEmbed(options).Fit(MixedTable.View(_mlContext, rows));

    private static List<float[]> Hidden(IEnumerable<float[]> rows, int seed = 1)
        => MissingCells.Hidden(rows, Options.MaskOf(MixedTable.Width)!, Share, seed);

    private sealed class Row
    {
        [VectorType(MixedTable.Width)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Scored
    {
        public float Score { get; set; }

        public float[] Contributions { get; set; } = [];
    }
}
