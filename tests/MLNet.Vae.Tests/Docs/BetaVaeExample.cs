using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class BetaVaeExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = FactorRows.View(mlContext, 1_000);

        var options = new VaeOptions
        {
            Latent = VaeLatent.Gaussian(4),
            Objective = new() { KlTarget = 3 },
            Training = new() { Epochs = 150, LearningRate = 0.005, Seed = 1 },
        };
        using var vae = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var best = vae.Model.Info.Training!.Best;
        Console.WriteLine($"KL {best.Kl:F2} nats per row, at β = {best.Beta:F2}.");
        mlContext.Model.Save(vae, data.Schema, "beta.zip");

        try
        {
            ViewAssert.SameRows(vae.Transform(data), mlContext.Model.Load("beta.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("beta.zip");
        }
        Assert.Equal(3, best.Kl, 0.05 * 3);
    }
}
