using MLNet.Vae.Tests.Architectures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class PicturesExample
{
    private static readonly string[] Files = [
        "reconstructions.png", "manifold.png", "traversals.png", "interpolation.png", "codes.png", "rows.png", "bound.png",
    ];

    [Fact]
    public void Runs_as_it_stands()
    {
        var mlContext = new MLContext(seed: 1);
        var images = GeneratedPictures.Create(100, seed: 2);
        var data = mlContext.Data.LoadFromEnumerable(images.Select(pixels => new Picture { Pixels = pixels }));
        using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = "Pixels",
            Architecture = VaeArchitecture.Convolutional(height: 16, width: 16, channels: 1, 8),
            Latent = VaeLatent.Gaussian(2),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = 3, BatchSize = 32, LearningRate = 0.003, Seed = 1 },
        }).Fit(data);
        using var generator = VaeGenerator.From(transformer);
        var (row, other) = (images[0], images[1]);

        try
        {
            var pictures = VaePictures.Of(generator, scale: 3);
            pictures.Reconstructions(data, count: 8).SavePng("reconstructions.png");
            pictures.Manifold(15, 15).SavePng("manifold.png");
            pictures.Traversals(row, range: 2, steps: 9).SavePng("traversals.png");
            pictures.Interpolation(row, other, steps: 9).SavePng("interpolation.png");
            var html = pictures.Samples(20, seed: 1).ToHtml("twenty samples");

            var (rows, model) = (images, transformer.Model);
            var labels = images.Select((_, i) => $"{i % 2}").ToArray();
            pictures.Scatter(rows, labels).SavePng("codes.png");
            pictures.Manifold(rows, 15, 15).SavePng("rows.png");
            var epochs = model.Info.Training!.Epochs;
            VaePlot.Curves([[.. epochs.Select(e => ((double)e.Epoch, e.Elbo))]]).SavePng("bound.png");

            Assert.All(Files, file => Assert.True(new FileInfo(file).Length > 500));
            Assert.EndsWith("alt=\"twenty samples\">", html, StringComparison.Ordinal);
        }
        finally
        {
            foreach (var file in Files)
                File.Delete(file);
        }
    }

    public sealed class Picture
    {
        [VectorType(GeneratedPictures.Side, GeneratedPictures.Side)]
        public float[] Pixels { get; set; } = [];
    }
}
