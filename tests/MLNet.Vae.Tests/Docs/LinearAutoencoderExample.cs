using MLNet.Vae.Tests.Initialization;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class LinearAutoencoderExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        const int features = 10;
        var rows = Trainer.FactorRows(count: 400, features, factors: 3, noise: 0.3, seed: 1);
        var data = SampleData.Features(mlContext, rows, features);

        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Deterministic(3),
            Normalization = VaeNormalization.None,
            ReconstructionColumnName = "Reconstruction",
            Training = new() { Epochs = 20, ValidationFraction = 0, Seed = 1 },
        };
        using var linear = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var embedded = linear.Transform(data);
        mlContext.Model.Save(linear, data.Schema, "linear.zip");

        try
        {
            ViewAssert.SameRows(embedded, mlContext.Model.Load("linear.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("linear.zip");
        }
        var error = embedded
            .GetColumn<float[]>("Reconstruction")
            .Zip(rows, (found, row) => found.Zip(row, (a, b) => Math.Pow(a - b, 2)).Sum())
            .Average();
        var pca = new ProbabilisticPca(rows, 3).PcaError;
        Assert.InRange(error, pca * (1 - 1e-4), pca * 1.01);
    }
}
