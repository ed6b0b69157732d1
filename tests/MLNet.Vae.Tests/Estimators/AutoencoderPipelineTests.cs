using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Autoencoders, corruption and the forms of the objective in pipelines.</summary>
public sealed class AutoencoderPipelineTests
{
    private const int Rows = 60;

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string> Kinds =>
        ["linear", "deep", "sparse", "denoising", "importance-weighted", "constrained", "capacity", "free bits"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Stands_what_every_estimator_has_to_stand(string kind)
        => Workout.Run(_mlContext.Transforms.VaeEmbed(Options(kind)), FactorRows.View(_mlContext, Rows), [], "Score", "Why");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_loaded_exported_and_row_by_row_it_gives_the_same_values(string kind)
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options(kind)).Fit(data);
        var expected = transformer.Transform(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        ViewAssert.SameRows(expected, loaded.Transform(data), _ => true);
        using var typed = VaeTransformer.From(_mlContext, loaded);
        ViewAssert.SameRows(expected, typed.Transform(data), _ => true);
        WeightsAssert.Same(transformer.Model, typed.Model);

        using var engine = _mlContext.Model.CreatePredictionEngine<FactorRows.LabelledRow, Embedded>(transformer);
        var embeddings = expected.GetColumn<float[]>("Embedding").ToArray();
        var rows = FactorRows.Create(Rows);
        for (var i = 0; i < Rows; i++)
            FloatAssert.Near(embeddings[i], engine.Predict(new() { Features = rows[i] }).Embedding, $"row {i}");

        using var directory = new TemporaryDirectory();
        transformer.Model.ExportOnnx(directory.Path);
        WeightsAssert.Same(transformer.Model, VaeModel.Load(Path.Combine(directory.Path, "scorer.onnx")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_weights_streamed_too(string kind)
    {
        var options = Options(kind) with { Training = WideRows.Streamed.Training };
        using var first = _mlContext.Transforms.VaeEmbed(options).Fit(Wide());
        using var second = _mlContext.Transforms.VaeEmbed(options).Fit(Wide());
        WeightsAssert.Same(first.Model, second.Model);

        static PassView Wide() => new(WideRows.Features, _ => WideRows.Create());
    }

    [Fact]
    public void A_code_without_a_distribution_has_no_log_sigma()
    {
        var data = FactorRows.View(_mlContext, Rows);
        var estimator = _mlContext.Transforms.VaeEmbed(Options("deep") with { Latent = VaeLatent.Deterministic(3) });
        using var transformer = estimator.Fit(data);
        Assert.Equal(
            ["Features", "Embedding", "Reconstruction", "Why", "Score"],
            transformer.GetOutputSchema(data.Schema).Select(column => column.Name)
        );
        Assert.Equal((VaeLatentKind.Deterministic, 3), (transformer.Model.Info.LatentKind, transformer.Model.Info.LatentDimension));
    }

    [Fact]
    public void Detects_anomalies_too()
    {
        var data = _mlContext.Data.LoadFromEnumerable(FactorRows.WithOutliers(normal: 200, outliers: 0, seed: 1));
        var mixed = FactorRows.WithOutliers(normal: 50, outliers: 50, seed: 2);
        using var detector = _mlContext
            .AnomalyDetection.Trainers.Vae(
                TinyVae.AnomalyOptions with
                {
                    Latent = VaeLatent.Deterministic(2),
                    Corruption = VaeCorruption.GaussianNoise(0.1),
                    ScoreKind = VaeScoreKind.ReconstructionError,
                    Training = TinyVae.Training with { Epochs = 200, LearningRate = 0.01 },
                }
            )
            .Fit(data);
        var scores = detector
            .Transform(_mlContext.Data.LoadFromEnumerable(mixed))
            .GetColumn<float>("Score")
            .Zip(mixed, (score, row) => (score, row.Label))
            .ToArray();
        var pairs = scores
            .Where(s => s.Label == 1)
            .SelectMany(odd => scores.Where(s => s.Label == 0).Select(normal => odd.score > normal.score ? 1.0 : 0));
        Assert.InRange(pairs.Average(), 0.95, 1);
    }

    [Fact]
    public void The_history_has_the_penalty_and_says_when_a_code_is_dead()
    {
        var options = Options("sparse") with
        {
            Latent = VaeLatent.Deterministic(4) with { Activation = Activation.Relu, Sparsity = VaeSparsity.L1(1_000) },
            Training = TinyVae.Training with { Epochs = 100, LearningRate = 0.05 },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, Rows));
        var history = transformer.History();
        Assert.True(history.Epochs[0].Penalty > 0);
        Assert.Equal(0, history.Best.ActiveUnits);
        Assert.Equal(
            "The code is the same for all rows: every unit of it is dead. Lower the weight of Sparsity or the learning rate, or fix the "
            + "likelihood's σ.",
            Assert.Single(history.Warnings));
    }

    private static VaeOptions Options(string kind)
    {
        var options = TinyVae.Options with
        {
            ReconstructionColumnName = "Reconstruction",
            ScoreColumnName = "Score",
            ContributionsColumnName = "Why",
        };
        return kind switch
        {
            "linear" => options with { Architecture = VaeArchitecture.Linear, Latent = VaeLatent.Deterministic(2) },
            "deep" => options with
            {
                Architecture = VaeArchitecture.Mlp(8, 4) with { Activation = Activation.Gelu },
                Latent = VaeLatent.Deterministic(2),
            },
            "sparse" => options with
            {
                Latent = VaeLatent.Deterministic(9) with { Activation = Activation.Sigmoid, Sparsity = VaeSparsity.KlToTarget(0.1, 2) },
            },
            "denoising" => options with { Latent = VaeLatent.Deterministic(2), Corruption = VaeCorruption.SaltAndPepper(0.2) },
            "importance-weighted" => options with { Objective = new() { ImportanceWeighted = true, Samples = 3 } },
            "constrained" => options with { Objective = new() { KlTarget = 2 } },
            "capacity" => options with { Objective = new() { Capacity = new(2, 2) }, Corruption = VaeCorruption.Masking(0.1) },
            _ => options with { Objective = new() { FreeBits = 0.1, WarmUpEpochs = 1, NormalizedBeta = 0.5 } },
        };
    }

    private sealed class Embedded
    {
        public float[] Embedding { get; set; } = [];
    }
}
