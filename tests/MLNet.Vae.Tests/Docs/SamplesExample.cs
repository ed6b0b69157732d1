using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class SamplesExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 500);

        var options = new VaeOptions
        {
            Latent = VaeLatent.Gaussian(2),
            Objective = new() { Samples = 5 },
            Training = new() { Epochs = 60, LearningRate = 0.003, Seed = 1 },
        };
        using var vae = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var elbo = vae.Model.Info.Training!.Best.ValidationElbo;
        mlContext.Model.Save(vae, data.Schema, "samples.zip");

        try
        {
            ViewAssert.SameRows(vae.Transform(data), mlContext.Model.Load("samples.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("samples.zip");
        }
        var alone = options with { Objective = new(), Training = options.Training with { Epochs = 1 } };
        using var untrained = mlContext.Transforms.VaeEmbed(alone).Fit(data);
        Assert.True(elbo > untrained.Model.Info.Training!.Best.ValidationElbo + 1);
    }
}
