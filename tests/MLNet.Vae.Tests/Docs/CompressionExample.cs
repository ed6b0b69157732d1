using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class CompressionExample
{
    private const int Features = 64;

    /// <summary>A pattern of two, with a tenth of the values the other way: ln 2 + 64 · 0.325 nats, of 64 bits as they are.</summary>
    [Fact]
    public void Rows_take_fewer_bits_than_they_have()
    {
        var mlContext = new MLContext(seed: 1);
        var random = new Random(1);
        float[][] rows =
        [
            .. Enumerable.Range(0, 1_000).Select(_ =>
            {
                var pattern = random.Next(2);
                return Enumerable.Range(0, Features)
                    .Select(slot => (slot / 8 + pattern) % 2 == 0 == random.NextDouble() < 0.9 ? 1f : 0).ToArray();
            }),
        ];
        using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(32),
            Latent = VaeLatent.Gaussian(2),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = 30, BatchSize = 32, LearningRate = 0.003, Seed = 1, Threads = 1 },
        }).Fit(SampleData.Features(mlContext, rows, Features));

        using var compressor = VaeCompressor.From(transformer);
        byte[] bytes = compressor.Compress(rows);
        float[][] same = compressor.Decompress(bytes);
        var bitsPerRow = 8.0 * bytes.Length / rows.Length;

        Assert.Equal(rows, same);
        var entropy = 1 + (Features * -((0.9 * Math.Log2(0.9)) + (0.1 * Math.Log2(0.1))));
        Assert.InRange(bitsPerRow, 0.97 * entropy, 1.1 * entropy);
    }
}
