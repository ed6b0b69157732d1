using Microsoft.ML;

namespace MLNet.Vae.Tests.Estimators;

public class SeedTests
{
    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        using var first = Fit(contextSeed: 1, seed: 3);
        using var second = Fit(contextSeed: 2, seed: 3);
        WeightsAssert.Same(first.Model, second.Model);
        Assert.Equal(3, first.History().Seed);
    }

    [Fact]
    public void Another_seed_gives_other_weights()
    {
        using var first = Fit(contextSeed: 1, seed: 3);
        using var second = Fit(contextSeed: 1, seed: 4);
        WeightsAssert.Differ(first.Model, second.Model);
    }

    [Fact]
    public void The_seed_of_the_context_fixes_the_weights_where_the_options_have_none()
    {
        using var first = Fit(contextSeed: 1, seed: null);
        using var second = Fit(contextSeed: 1, seed: null);
        WeightsAssert.Same(first.Model, second.Model);
        using var other = Fit(contextSeed: 2, seed: null);
        WeightsAssert.Differ(first.Model, other.Model);
    }

    [Fact]
    public void Estimators_of_one_context_have_seeds_of_their_own()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 100);
        var options = TinyVae.Options with { Training = TinyVae.Training with { Seed = null } };
        using var first = mlContext.Transforms.VaeEmbed(options).Fit(data);
        using var second = mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.NotEqual(first.History().Seed, second.History().Seed);
    }

    [Fact]
    public void The_history_names_the_seed_that_gives_the_weights_again()
    {
        using var first = Fit(contextSeed: null, seed: null);
        using var second = Fit(contextSeed: null, seed: first.History().Seed);
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void Anomaly_detectors_keep_to_their_seed_too()
    {
        using var first = Detector(seed: 3);
        using var second = Detector(seed: 3);
        using var other = Detector(seed: 4);
        WeightsAssert.Same(first.Model, second.Model);
        Assert.Equal(first.Threshold, second.Threshold);
        WeightsAssert.Differ(first.Model, other.Model);
    }

    private static VaeTransformer Fit(int? contextSeed, int? seed)
    {
        var mlContext = new MLContext(contextSeed);
        return mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = TinyVae.Training with { Seed = seed } })
            .Fit(FactorRows.View(mlContext, 100));
    }

    private static VaeTransformer Detector(int seed)
    {
        var mlContext = new MLContext();
        return mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions with { Training = TinyVae.Training with { Seed = seed } })
            .Fit(FactorRows.View(mlContext, 100));
    }
}
