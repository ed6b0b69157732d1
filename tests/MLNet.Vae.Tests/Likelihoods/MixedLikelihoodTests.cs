using System.Text.Json;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Likelihoods;

public sealed class MixedLikelihoodTests
{
    private static readonly string[] Parts = ["Size", "Readings", "Sold", "Colour"];

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Mlp(16),
        Latent = VaeLatent.Gaussian(2),
        Likelihood = MixedTable.Likelihood,
        ReconstructionColumnName = "Again",
        ScoreColumnName = "Score",
        ContributionsColumnName = "Contributions",
        Training = TinyVae.Training with { Epochs = 60, LearningRate = 0.01 },
    };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Learns_every_column_and_says_what_each_costs()
    {
        var rows = MixedTable.Rows(800);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(MixedTable.View(_mlContext, rows));

        foreach (var epoch in transformer.History().Epochs)
        {
            Assert.Equal(Parts, epoch.ReconstructionPerPart!.Select(part => part.Name));
            var sum = epoch.ReconstructionPerPart!.Sum(part => part.Nats) + epoch.KlPerDimension.Sum();
            Assert.Equal(-epoch.ValidationElbo!.Value, sum, 1e-5 * Math.Max(1, Math.Abs(sum)));
        }
        var baseline = MixedTable.Baseline(rows);
        var best = transformer.History().Best;
        Assert.All(best.ReconstructionPerPart!, part => Assert.InRange(part.Nats, double.NegativeInfinity, 0.9 * baseline[part.Name]));
        Assert.True(best.ValidationElbo > -baseline.Values.Sum());
    }

    [Fact]
    public void Reconstructs_in_the_units_of_each_column()
    {
        var rows = MixedTable.Rows(300);
        var data = MixedTable.View(_mlContext, rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);

        var found = transformer.Transform(data).GetColumn<float[]>("Again").ToList();

        Assert.InRange(found.Average(row => row[0]), 180, 200);
        Assert.All(found, row => Assert.InRange(row[2], 0, 1));
        Assert.All(found, row => Assert.Equal(1, row[3..].Sum(), 1e-5));
        // Which colour a kind mostly has shows in its size.
        var likely = found
            .Zip(rows)
            .Count(pair => Array.IndexOf(pair.First[3..], pair.First[3..].Max()) == Array.IndexOf(pair.Second[3..], 1f));
        Assert.InRange(likely, 0.75 * rows.Count, rows.Count);
    }

    [Fact]
    public void The_model_says_what_it_was_made_of()
    {
        var data = MixedTable.View(_mlContext, MixedTable.Rows(100));
        var options = Options with { Training = TinyVae.Training };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        var info = transformer.Model.Info;
        Assert.Equal("mixed: Size 1 gaussian, Readings 1 gaussian per row, Sold 1 bernoulli, Colour 4 categorical", info.Likelihood);
        Assert.Equal("mixed", info.Normalization);
        Assert.Null(info.DecoderSigma);
        Assert.Equal([true, false, false, false, false, false, false], info.FeatureSigmas!.Select(sigma => sigma is not null));

        using var perFeature = _mlContext.Transforms.VaeEmbed(options with { Likelihood = VaeLikelihood.GaussianPerFeature }).Fit(data);
        Assert.Equal(("gaussian per feature", "standardize"), (perFeature.Model.Info.Likelihood, perFeature.Model.Info.Normalization));
        Assert.All(perFeature.Model.Info.FeatureSigmas!, sigma => Assert.True(sigma > 0));
        Assert.Null(perFeature.History().Best.ReconstructionPerPart);
    }

    [Fact]
    public void What_it_was_made_of_and_its_history_survive_saving_and_loading()
    {
        var data = MixedTable.View(_mlContext, MixedTable.Rows(100));
        using var transformer = _mlContext.Transforms.VaeEmbed(Options with { Training = TinyVae.Training }).Fit(data);
        var expected = JsonSerializer.Serialize(transformer.Model.Info);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "model.zip");
        _mlContext.Model.Save(transformer, data.Schema, path);
        transformer.ExportOnnx(folder.Path);

        using var loaded = VaeTransformer.From(new MLContext(), path);
        Assert.Equal(expected, JsonSerializer.Serialize(loaded.Model.Info));
        Assert.Equal(expected, JsonSerializer.Serialize(VaeModel.Load(Path.Combine(folder.Path, "scorer.onnx")).Info));
        foreach (var column in (string[])["Embedding", "EmbeddingLogSigma", "Again", "Contributions"])
            Assert.Equal(transformer.Transform(data).GetColumn<float[]>(column), loaded.Transform(data).GetColumn<float[]>(column));
    }

    [Fact]
    public void Stands_what_estimators_have_to_stand()
        => Workout.Run(
            _mlContext.Transforms.VaeEmbed(Options with { Training = TinyVae.Training, ScoreColumnName = null }),
            MixedTable.View(_mlContext, MixedTable.Rows(60)),
            []);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Detects_what_is_unusual_in_one_column_alone(bool reconstructionError)
    {
        var detector = _mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions
        {
            Architecture = Options.Architecture,
            Latent = Options.Latent,
            Likelihood = Options.Likelihood,
            ScoreKind = reconstructionError ? VaeScoreKind.ReconstructionError : VaeScoreKind.NegativeElbo,
            ContributionsColumnName = "Contributions",
            Training = Options.Training,
        }).Fit(MixedTable.View(_mlContext, MixedTable.Rows(400)));
        using var folder = new TemporaryFolder();
        detector.ExportOnnx(folder.Path);
        using var scorer = new OnnxRunner(File.ReadAllBytes(Path.Combine(folder.Path, "scorer.onnx")));
        // Of the first kind in all but one column.
        float[] usual = [170, -100, 0, 1, 0, 0, 0], resold = [170, -100, 1, 1, 0, 0, 0], painted = [170, -100, 0, 0, 1, 0, 0];

        var view = detector.Transform(MixedTable.View(_mlContext, [usual, resold, painted]));
        var scores = view.GetColumn<float>("Score").ToArray();
        var contributions = view.GetColumn<float[]>("Contributions").ToArray();

        Assert.True(scores[0] < Math.Min(scores[1], scores[2]));
        Assert.Equal(2, Array.IndexOf(contributions[1], contributions[1].Max()));
        Assert.Equal(4, Array.IndexOf(contributions[2], contributions[2].Max()));
        Assert.All(contributions.Zip(scores), row => Assert.Equal(row.First.Sum(), row.Second, 1e-4 * row.First.Sum(Math.Abs)));
        Assert.Equal(
            scores,
            scorer.Run([usual, resold, painted], MixedTable.Width)["score"].Select(row => row[0]),
            (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Abs(a)
        );
        detector.Dispose();
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_another_gives_others()
    {
        var data = MixedTable.View(_mlContext, MixedTable.Rows(100));
        using var first = Fit(seed: 3);
        using var second = Fit(seed: 3);
        using var other = Fit(seed: 4);
        WeightsAssert.Same(first.Model, second.Model);
        WeightsAssert.Differ(first.Model, other.Model);

        VaeTransformer Fit(int seed)
            => _mlContext.Transforms.VaeEmbed(Options with { Training = TinyVae.Training with { Seed = seed } }).Fit(data);
    }

    [Fact]
    public void Rows_that_are_streamed_are_checked_and_learned_too()
    {
        // Seven floats a row: more than the least memory allowed.
        var rows = MixedTable.Rows(40_000);
        var options = Options with
        {
            Training = TinyVae.Training with { Epochs = 1, BatchSize = 1_024, MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(MixedTable.View(_mlContext, rows));
        Assert.Equal(Parts, transformer.History().Best.ReconstructionPerPart!.Select(part => part.Name));

        rows[30_000][5] = 1;
        Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(options).Fit(MixedTable.View(_mlContext, rows)), "two colours");
    }

    [Fact]
    public void Columns_that_do_not_vary_and_rows_far_away_give_finite_numbers()
    {
        var rows = MixedTable.Rows(100);
        foreach (var row in rows)
        {
            (row[0], row[1], row[2]) = (7, -1e9f, 1);
            Array.Clear(row, 3, 4);
            row[3] = 1;
        }
        rows[0][2] = 0;
        var options = Options with { Training = TinyVae.Training with { Epochs = 40, LearningRate = 0.05 } };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(MixedTable.View(_mlContext, rows));
        Assert.All(
            transformer.History().Epochs,
            epoch => Assert.True(double.IsFinite(epoch.Elbo) && double.IsFinite(epoch.ValidationElbo!.Value))
        );

        float[][] far = [[7, -1e9f, 1, 1, 0, 0, 0], [1e9f, 0, 0, 0, 0, 0, 1], [-1e9f, -2e9f, 1, 0, 0, 0, 0], new float[7]];
        var view = transformer.Transform(MixedTable.View(_mlContext, far));
        Assert.All(view.GetColumn<float[]>("Contributions").SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
        Assert.All(view.GetColumn<float[]>("Again").SelectMany(row => row), value => Assert.True(float.IsFinite(value)));
        Assert.All(view.GetColumn<float>("Score"), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void The_probabilities_of_all_rows_that_there_can_be_sum_to_one()
    {
        // Not the numbers: what is left has eight rows.
        var rows = MixedTable.Rows(400).ConvertAll(row => row[2..]);
        var options = Options with
        {
            Likelihood = VaeLikelihood.Mixed([
                .. MixedTable.Likelihood.Parts[2..].Select(part => (part.Name, part.Count, part.Likelihood)),
            ]),
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(SampleData.Features(_mlContext, rows, 5));
        var all = Enumerable
            .Range(0, 8)
            .Select(i =>
                Enumerable
                    .Range(0, 5)
                    .Select(slot =>
                        slot == 0 ? i % 2
                        : slot - 1 == i / 2 ? 1f
                        : 0
                    )
                    .ToArray()
            );

        var view = transformer.LogLikelihood(SampleData.Features(_mlContext, all, 5), importanceSamples: 2_000, seed: 1);

        Assert.Equal(1, view.GetColumn<float>("LogLikelihood").Sum(logP => Math.Exp(logP)), 0.05);
    }

    [Fact]
    public void The_parts_sum_to_the_reconstruction_of_several_samples_too()
    {
        var options = Options with { Objective = new() { Samples = 5, ImportanceWeighted = true }, Training = TinyVae.Training };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(MixedTable.View(_mlContext, MixedTable.Rows(100)));
        var epoch = transformer.History().Best;
        Assert.Equal(-epoch.ValidationElbo!.Value, epoch.ReconstructionPerPart!.Sum(part => part.Nats) + epoch.KlPerDimension.Sum(), 1e-4);
    }

    [Fact]
    public void A_target_may_be_of_several_kinds()
    {
        var rows = MixedTable.Rows(100).ConvertAll(row => new TargetRow { Features = [row[0], row[1]], Table = row });
        var options = Options with
        {
            TargetColumnName = "Table",
            ScoreColumnName = null,
            ContributionsColumnName = null,
            Training = TinyVae.Training,
        };
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.Equal(Parts, transformer.History().Best.ReconstructionPerPart!.Select(part => part.Name));
        Assert.All(transformer.Transform(data).GetColumn<float[]>("Again"), row => Assert.Equal(1, row[3..].Sum(), 1e-5));

        var narrow = options with { Likelihood = VaeLikelihood.Mixed(("Size", 2, VaeLikelihood.Gaussian)) };
        Assert.StartsWith(
            "Column \"Table\" has 7 slots, but the parts of the likelihood (Size 2) cover 2: slot 2 to slot 6 belong to no part.",
            Refusal.Expect(() => _mlContext.Transforms.VaeEmbed(narrow).Fit(data), "too few parts").Message);
    }

    public sealed class TargetRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [VectorType(MixedTable.Width)]
        public float[] Table { get; set; } = [];
    }
}
