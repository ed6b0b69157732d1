using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class DenoisingAutoencoderExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        const int features = 12;
        var rows = Trainer.FactorRows(count: 500, features, factors: 2, noise: 0.05, seed: 1);
        var data = View(rows);

        var options = new VaeOptions
        {
            Latent = VaeLatent.Deterministic(4),
            Corruption = VaeCorruption.GaussianNoise(sigma: 0.3),
            ReconstructionColumnName = "Restored",
            Training = new() { Epochs = 150, Seed = 1 },
        };
        using var denoising = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var noisy = VaeCorruption.GaussianNoise(sigma: 0.5).Apply(rows, seed: 2);
        var restored = denoising.Transform(View(noisy)).GetColumn<float[]>("Restored").ToArray();
        mlContext.Model.Save(denoising, data.Schema, "denoising.zip");

        try
        {
            ViewAssert.SameRows(denoising.Transform(data), mlContext.Model.Load("denoising.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("denoising.zip");
        }
        Assert.InRange(Error(restored, rows), 0, 0.5 * Error(noisy, rows));

        IDataView View(float[][] values) => SampleData.Features(mlContext, values, features);

        static double Error(float[][] found, float[][] clean) =>
            found.Zip(clean, (f, c) => f.Zip(c, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();
    }
}
