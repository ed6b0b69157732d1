using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class ImportanceWeightedExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 500);

        var options = new VaeOptions
        {
            Latent = VaeLatent.Gaussian(2),
            Objective = new() { ImportanceWeighted = true, Samples = 10 },
            Training = new() { Epochs = 40, LearningRate = 0.003, Seed = 1 },
        };
        using var iwae = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var best = iwae.Model.Info.Training!.Best;
        Console.WriteLine($"ln p(x) is at least {best.ImportanceWeightedBound:F2} nats per row; the ELBO says {best.ValidationElbo:F2}.");
        mlContext.Model.Save(iwae, data.Schema, "iwae.zip");

        try
        {
            ViewAssert.SameRows(iwae.Transform(data), mlContext.Model.Load("iwae.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("iwae.zip");
        }
        Assert.True(best.ImportanceWeightedBound > best.ValidationElbo);
    }
}
