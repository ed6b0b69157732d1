using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Latents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class HierarchicalExample
{
    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.Features(mlContext, TwoLevelRows.Create(count: 600, seed: 1), TwoLevelRows.Features);

        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(32),
            Latent = VaeLatent.Hierarchical(4, 2),
            Objective = new() { WarmUpEpochs = 20 },
            Training = new() { Epochs = 100, LearningRate = 0.005, Seed = 1 },
        };
        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);
        foreach (var level in transformer.Model.Info.Training!.Best.KlPerLevel!)
            Console.WriteLine($"{level:F2} nats per row");
        var coarse = transformer.Transform(data).GetColumn<float[]>("Embedding").Select(z => z[4..]);
        mlContext.Model.Save(transformer, data.Schema, "hierarchy.zip");

        try
        {
            ViewAssert.SameRows(transformer.Transform(data), mlContext.Model.Load("hierarchy.zip", out _).Transform(data), _ => true);
        }
        finally
        {
            File.Delete("hierarchy.zip");
        }
        // Both levels say something of a row.
        Assert.All(transformer.Model.Info.Training!.Best.KlPerLevel!, kl => Assert.InRange(kl, 0.3, 20));
        Assert.Equal(600, coarse.Count(z => z.Length == 2 && z.All(float.IsFinite)));
    }
}
