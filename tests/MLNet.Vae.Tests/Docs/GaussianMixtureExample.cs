using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Latents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class GaussianMixtureExample
{
    private const int Rows = 600;

    [Fact]
    public void Rows_of_one_kind_have_one_component()
    {
        var mlContext = new MLContext(seed: 1);
        var data = SampleData.Features(mlContext, KindRows.Create(Rows), KindRows.Features);
        using var directory = new TemporaryDirectory();
        var path = directory.File("kinds.zip");

        var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Latent = VaeLatent.GaussianMixture(dimension: 3, components: 4),
            ComponentsColumnName = "Kinds",
            Training = new() { Epochs = 40, BatchSize = 32, LearningRate = 0.003, Restarts = 2, Seed = 1 },
        });
        using var transformer = estimator.Fit(data);
        mlContext.Model.Save(transformer, data.Schema, path);
        var loaded = mlContext.Model.Load(path, out _).Transform(data);
        var kinds = loaded.GetColumn<float[]>("Kinds").Select(p => Array.IndexOf(p, p.Max())).ToArray();   // the likeliest component of each row
        var shares = transformer.Model.Info.Components!.Select(component => component.Weight).ToArray();   // what part of the rows each has

        Assert.True(ClusterMatch.Accuracy(kinds, KindRows.Labels(Rows)) > 0.95);
        Assert.All(shares, share => Assert.InRange(share, 0.2, 0.3));
    }
}
