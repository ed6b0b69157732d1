using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Docs;

public sealed class ChoosingDimensionExample
{
    private const int Features = 8;

    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.Features(mlContext, Rows(count: 400), width: Features);

        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(32),
            Training = new() { Epochs = 60, LearningRate = 0.01, Seed = 1 },
        };
        var report = VaeDimensionReport.Measure(mlContext, data, options, 1, 2, 3, 4);
        Console.WriteLine(report);
        var chosen = options with { Latent = VaeLatent.Gaussian(report.Suggested.Dimension) };
        using var transformer = mlContext.Transforms.VaeEmbed(chosen).Fit(data);
        mlContext.Model.Save(transformer, data.Schema, "chosen.zip");

        try
        {
            ViewAssert.SameRows(transformer.Transform(data), mlContext.Model.Load("chosen.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("chosen.zip");
        }
        Assert.Equal(2, transformer.Model.Info.LatentDimension);
    }

    /// <summary>Points of a plane, seen from eight sides, with the same noise in each view.</summary>
    private static IEnumerable<float[]> Rows(int count)
    {
        const double noise = 0.3;
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            var (x, y) = (Trainer.Normal(random), Trainer.Normal(random));
            yield return [.. Enumerable.Range(0, Features).Select(j => Math.PI * j / Features).Select(
                angle => (float)(x * Math.Cos(angle) + y * Math.Sin(angle) + noise * Trainer.Normal(random)))];
        }
    }
}
