#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var images = Pictures(500);
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
var data = View(images[..400]);

var estimator = mlContext.Transforms.VaeEmbed(new VaeOptions
{
    InputColumnName = "Pixels",
    ReconstructionColumnName = "Reconstruction",
    Architecture = VaeArchitecture.Convolutional(height: 16, width: 16, channels: 1, 8, 16),
    Likelihood = VaeLikelihood.Bernoulli,
    Training = new() { Epochs = 60, BatchSize = 32, LearningRate = 0.003, Seed = 1 },
});
using var transformer = estimator.Fit(data);
mlContext.Model.Save(transformer, data.Schema, path);

// Pictures that it has not seen come back.
var made = mlContext.Model.Load(path, out _).Transform(View(images[400..])).GetColumn<float[]>("Reconstruction");
float[] mean = [.. Enumerable.Range(0, 256).Select(slot => images[..400].Average(picture => picture[slot]))];
var ofTheMean = images[400..].Average(image => Error(image, mean));
Console.WriteLine($"squared error {images[400..].Zip(made, Error).Average():F2}, of the mean picture {ofTheMean:F2}");
File.Delete(path);

static double Error(float[] one, float[] other) => one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum();

IDataView View(float[][] values) => mlContext.Data.LoadFromEnumerable(values.Select(pixels => new Picture { Pixels = pixels }));

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
