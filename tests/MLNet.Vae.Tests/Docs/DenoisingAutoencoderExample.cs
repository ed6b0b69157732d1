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
        var data = SampleData.Features(mlContext, rows, features);
        var random = new Random(2);
        var noisy = rows.Select(row => row.Select(x => (float)(x + 0.5 * Trainer.Normal(random))).ToArray()).ToArray();
        var noisyData = SampleData.Features(mlContext, noisy, features);

        var options = new VaeOptions
        {
            Latent = VaeLatent.Deterministic(4),
            Corruption = VaeCorruption.GaussianNoise(sigma: 0.3),
            ReconstructionColumnName = "Restored",
            Training = new() { Epochs = 150, Seed = 1 },
        };
        using var denoising = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var restored = denoising.Transform(noisyData).GetColumn<float[]>("Restored").ToArray();
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

        static double Error(float[][] found, float[][] clean) =>
            found.Zip(clean, (f, c) => f.Zip(c, (a, b) => Math.Pow(a - b, 2)).Sum()).Average();
    }
}
