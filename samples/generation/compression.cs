#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// 64 bits a row: one of two patterns, with a tenth of the values the other way. So a row takes 1 + 64 · 0.469 bits.
var random = new Random(1);
float[][] rows =
[
    .. Enumerable.Range(0, 1_000).Select(_ => random.Next(2)).Select(pattern => Enumerable.Range(0, 64)
        .Select(slot => (slot / 8 + pattern) % 2 == 0 == random.NextDouble() < 0.9 ? 1f : 0).ToArray()),
];

var mlContext = new MLContext(seed: 1);
using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
{
    Architecture = VaeArchitecture.Mlp(32),
    Latent = VaeLatent.Gaussian(2),
    Likelihood = VaeLikelihood.Bernoulli,
    Training = new() { Epochs = 30, BatchSize = 32, LearningRate = 0.003, Seed = 1, Threads = 1 },
}).Fit(mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features })));

using var compressor = VaeCompressor.From(transformer);
byte[] bytes = compressor.Compress(rows);
float[][] same = compressor.Decompress(bytes);
var bitsPerRow = 8.0 * bytes.Length / rows.Length;

var entropy = 1 - 64 * (0.9 * Math.Log2(0.9) + 0.1 * Math.Log2(0.1));
Console.WriteLine($"{bitsPerRow:F2} bits a row, over the entropy: {bitsPerRow / entropy:F3}");
Console.WriteLine($"rows that came back as they were: {rows.Zip(same).Count(pair => pair.First.SequenceEqual(pair.Second))}");

public class Row
{
    [VectorType(64)]
    public float[] Features { get; set; } = [];
}
