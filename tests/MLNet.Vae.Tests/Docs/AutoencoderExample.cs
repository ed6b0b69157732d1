using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Initialization;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class AutoencoderExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var rows = Curve(count: 500);
        var data = SampleData.Features(mlContext, rows, width: 4);

        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(64, 32) with { Activation = Activation.Tanh },
            Latent = VaeLatent.Deterministic(2),
            ReconstructionColumnName = "Reconstruction",
            ScoreColumnName = "Error",
            ScoreKind = VaeScoreKind.ReconstructionError,
            Training = new() { Epochs = 150, LearningRate = 0.005, Seed = 1 },
        };
        using var autoencoder = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var embedded = autoencoder.Transform(data);
        mlContext.Model.Save(autoencoder, data.Schema, "deep.zip");

        try
        {
            ViewAssert.SameRows(embedded, mlContext.Model.Load("deep.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("deep.zip");
        }
        var error = embedded
            .GetColumn<float[]>("Reconstruction")
            .Zip(rows, (found, row) => found.Zip(row, (a, b) => Math.Pow(a - b, 2)).Sum())
            .Average();
        Assert.InRange(error, 0, new ProbabilisticPca(rows, 2).PcaError / 4);
    }

    /// <summary>Points of a bent surface in four dimensions, with a little noise.</summary>
    private static float[][] Curve(int count)
    {
        const double noise = 0.02;
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var (u, v) = (3 * random.NextDouble(), 3 * random.NextDouble());
            double[] point = [Math.Sin(u), Math.Cos(u), Math.Sin(v), Math.Cos(v)];
            return point.Select(value => (float)(value + noise * Trainer.Normal(random))).ToArray();
        })];
    }
}
