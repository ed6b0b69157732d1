using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class LogLikelihoodExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var all = Trainer.FactorRows(count: 600, features: 8, factors: 2, noise: 0.5, seed: 1);
        var train = SampleData.Features(mlContext, all[..500], 8);
        var test = SampleData.Features(mlContext, all[500..], 8);
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(2),
            Training = new()
            {
                Epochs = 60,
                LearningRate = 0.02,
                Seed = 1,
            },
        };

        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(train);
        mlContext.Model.Save(transformer, train.Schema, "model.zip");

        using var loaded = VaeTransformer.From(mlContext, "model.zip");
        var rows = loaded.LogLikelihood(test, importanceSamples: 500, seed: 1);
        var nats = rows.GetColumn<float>("LogLikelihood").ToArray();
        var errors = rows.GetColumn<float>("LogLikelihoodStandardError").ToArray();
        Console.WriteLine($"{nats.Average():F2} ± {Math.Sqrt(errors.Sum(e => e * e)) / nats.Length:F2} nats per row");
        foreach (var samples in new[] { 10, 100, 1_000 })
            Console.WriteLine($"{samples} codes of the prior: {Mean(loaded.LogLikelihood(test, samples, seed: 1, VaeProposal.Prior)):F2}");

        static double Mean(IDataView view) => view.GetColumn<float>("LogLikelihood").Average();

        File.Delete("model.zip");
        Assert.Equal(transformer.LogLikelihood(test, 500, 1).GetColumn<float>("LogLikelihood"), nats);
        // The likelihood lies above the bound that was trained on, and not by much.
        var bound = transformer.Model.Info.Training!.Best.ValidationElbo!.Value;
        Assert.InRange(nats.Average(), bound - 1, bound + 2);
    }
}
