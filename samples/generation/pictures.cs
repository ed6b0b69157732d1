#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var images = Pictures(100);
var mlContext = new MLContext(seed: 1);
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

Console.WriteLine($"The tag ends with {html[^21..]}");
foreach (var name in new[] { "reconstructions", "manifold", "traversals", "interpolation", "codes", "rows", "bound" })
{
    Console.WriteLine($"{name}.png has {new FileInfo($"{name}.png").Length} bytes");
    File.Delete($"{name}.png");
}

// Pictures of 16 × 16 pixels, each of a bar and a blob anywhere.
static float[][] Pictures(int count)
{
    const int Side = 16;
    var random = new Random(2);
    return [.. Enumerable.Range(0, count).Select(_ =>
    {
        var upright = random.Next(2) == 0;
        var (bar, length, start) = (random.Next(Side), random.Next(Side / 2, Side), random.Next(Side / 2));
        var (top, left, radius) = (random.Next(Side), random.Next(Side), 1.5 + random.NextDouble());
        return Enumerable.Range(0, Side * Side).Select(slot =>
        {
            var (y, x) = (slot / Side, slot % Side);
            var (across, along) = upright ? (x, y) : (y, x);
            var onBar = across == bar && along >= start && along < start + length;
            var blob = Math.Exp(-((y - top) * (y - top) + (x - left) * (x - left)) / (2 * radius * radius));
            return (float)Math.Max(onBar ? 1 : 0, blob);
        }).ToArray();
    })];
}

public class Picture
{
    [VectorType(16, 16)]
    public float[] Pixels { get; set; } = [];
}
