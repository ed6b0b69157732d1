using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Hierarchical latent variables in pipelines.</summary>
public sealed class HierarchicalTests
{
    private const int Rows = 100;

    private static readonly VaeOptions Options = TinyVae.Options with
    {
        Latent = VaeLatent.Hierarchical(3, 2) with { HiddenSize = 5 },
        ReconstructionColumnName = "Reconstruction",
        ScoreColumnName = "Score",
        ContributionsColumnName = "Contributions",
    };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Stands_what_every_estimator_has_to_stand()
        => Workout.Run(_mlContext.Transforms.VaeEmbed(Options), SampleData.View(_mlContext, SampleData.Rows(Rows)), [], "Score");

    [Fact]
    public void Saved_loaded_and_exported_it_gives_the_same_values()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        var expected = transformer.Transform(data);
        var likelihood = transformer.LogLikelihood(data, 20, seed: 3);

        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        ViewAssert.SameRows(expected, loaded.Transform(data), _ => true);
        using var typed = VaeTransformer.From(_mlContext, loaded);
        Assert.Equal(transformer.Model.ToOnnx(VaeGraph.Scorer), typed.Model.ToOnnx(VaeGraph.Scorer));
        ViewAssert.SameRows(expected, typed.Transform(data), _ => true);
        ViewAssert.SameRows(likelihood, typed.LogLikelihood(data, 20, seed: 3), _ => true);

        using var directory = new TemporaryDirectory();
        transformer.ExportOnnx(directory.Path);
        using var read = VaeTransformer.From(_mlContext, Path.Combine(directory.Path, "scorer.onnx"));
        ViewAssert.SameRows(expected, read.Transform(data), _ => true);
        Assert.Equal([3, 2], read.Model.Info.LevelDimensions);
        Assert.Equal((5, VaeLatentKind.Hierarchical), (read.Model.Info.LatentDimension, read.Model.Info.LatentKind));
    }

    [Fact]
    public void The_divergence_of_each_level_is_reported()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        Assert.All(transformer.History().Epochs, epoch =>
        {
            Assert.Equal(2, epoch.KlPerLevel!.Count);
            Assert.Equal(epoch.KlPerDimension.Take(3).Sum(), epoch.KlPerLevel[0], 1e-9);
            Assert.Equal(epoch.KlPerDimension.Sum(), epoch.KlPerLevel.Sum(), 1e-9);
        });
        using var gaussian = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, Rows));
        Assert.All(gaussian.History().Epochs, epoch => Assert.Null(epoch.KlPerLevel));
    }

    [Fact]
    public void A_level_that_collapsed_is_in_the_warnings()
    {
        var options = Options with
        {
            Objective = new() { Beta = 1_000 },
            Training = TinyVae.Training with { Epochs = 30, LearningRate = 0.01 },
        };
        using var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(_mlContext, 300));
        Assert.Contains(transformer.History().Warnings, w => w.Contains("collapsed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var first = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        using var second = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void Rows_beyond_the_memory_limit_are_streamed()
    {
        var source = new PassView(WideRows.Features, _ => WideRows.Create());
        using var transformer = _mlContext
            .Transforms.VaeEmbed(WideRows.Streamed with { Latent = VaeLatent.Hierarchical(2, 1) })
            .Fit(source);
        Assert.Equal([2, 1], transformer.Model.Info.LevelDimensions);
        Assert.Equal((1 + TinyVae.Epochs, 0), (source.Passes, source.OpenCursors));
        var epochs = transformer.History().Epochs;
        Assert.True(epochs[^1].ValidationElbo > epochs[0].ValidationElbo);
    }

    [Fact]
    public void It_tells_anomalies()
    {
        var options = TinyVae.AnomalyOptions with
        {
            Latent = VaeLatent.Hierarchical(2, 1),
            Training = TinyVae.Training with { Epochs = 40, LearningRate = 0.01 },
        };
        using var transformer = _mlContext.AnomalyDetection.Trainers.Vae(options).Fit(FactorRows.View(_mlContext, 300));
        var scored = transformer.Transform(_mlContext.Data.LoadFromEnumerable(FactorRows.WithOutliers(200, 20, seed: 2)));
        var metrics = _mlContext.AnomalyDetection.Evaluate(scored, labelColumnName: "Label");
        Assert.True(metrics.AreaUnderRocCurve > 0.9, $"AUC {metrics.AreaUnderRocCurve}");
        Assert.Equal(
            scored.GetColumn<float>("Score").Select(score => score > transformer.Threshold), scored.GetColumn<bool>("PredictedLabel"));
    }
}
