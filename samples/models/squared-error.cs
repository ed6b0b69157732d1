#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var images = Pictures(200);
var mlContext = new MLContext(seed: 1);
var pictures = mlContext.Data.LoadFromEnumerable(images.Select(pixels => new Row { Features = pixels }));

var options = VaeOptions.SquaredErrorVae(2, lambda: 4);
options = options with { Training = options.Training with { Epochs = 3, Seed = 1 } };
using var vae = mlContext.Transforms.VaeEmbed(options).Fit(pictures);
var info = vae.Model.Info;
Console.WriteLine($"normalization {info.Normalization}, σ of the decoder {info.DecoderSigma:F6}");

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

public class Row
{
    [VectorType(256)]
    public float[] Features { get; set; } = [];
}
