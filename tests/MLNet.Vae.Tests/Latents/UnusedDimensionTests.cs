using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Latents;

/// <summary>A Gaussian latent with more dimensions than it needs, as docs/pipelines.md has it.</summary>
public sealed class UnusedDimensionTests
{
    private const int Width = 4;

    [Fact]
    public void Of_more_latent_dimensions_than_features_those_that_are_not_needed_stay_at_the_prior()
    {
        var mlContext = new MLContext(seed: 1);
        var random = new Random(400);
        float[][] rows = [.. Enumerable.Range(0, 400).Select(_ => (A: random.NextSingle(), B: random.NextSingle())).Select(row =>
            new[] { row.A, row.B, row.A + row.B + Noise(), row.A - row.B + Noise() })];
        var data = SampleData.Features(mlContext, rows, Width);
        var options = new VaeOptions { Latent = VaeLatent.Gaussian(2 * Width), Training = new() { Seed = 1 } };
        using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);
        var view = transformer.Transform(data);
        var (means, logSigmas) = (view.GetColumn<float[]>("Embedding").ToList(), view.GetColumn<float[]>("EmbeddingLogSigma").ToList());
        var unused = Enumerable.Range(0, 2 * Width).Where(slot => means.TrueForAll(row => Math.Abs(row[slot]) < 0.3)).ToList();
        Assert.True(unused.Count >= Width, $"{unused.Count}");
        Assert.All(unused, slot => Assert.All(logSigmas, row => Assert.InRange(row[slot], -0.3f, 0.3f)));

        float Noise() => 0.05f * (random.NextSingle() - 0.5f);
    }
}
