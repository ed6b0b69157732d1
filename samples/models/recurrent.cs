#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var series = Waves(900);
var mlContext = new MLContext(seed: 1);
using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
{
    InputColumnName = "Window",
    ReconstructionColumnName = "Reconstruction",
    Architecture = VaeArchitecture.Recurrent(steps: 24, channels: 2, hiddenSize: 32),
    Latent = VaeLatent.Gaussian(4),
    Training = new() { Epochs = 40, BatchSize = 32, LearningRate = 0.01, Seed = 1 },
}).Fit(View(series[..800]));
Show(transformer);

// Waves of two channels, the second a sixth of a turn behind the first: windows that it has not seen come back.
void Show(ITransformer model)
{
    var made = model.Transform(View(series[800..])).GetColumn<float[]>("Reconstruction");
    var zero = new float[48];
    var (error, ofTheMean) = (series[800..].Zip(made, Error).Sum(), series[800..].Sum(row => Error(row, zero)));
    Console.WriteLine($"squared error {error:F1}, of the mean {ofTheMean:F1}");
}

static double Error(float[] one, float[] other) => one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum();

IDataView View(float[][] windows) => mlContext.Data.LoadFromEnumerable(windows.Select(window => new Measured { Window = window }));

static float[][] Waves(int count)
{
    var random = new Random(2);
    return [.. Enumerable.Range(0, count).Select(_ =>
    {
        var (turns, phase, size) = (1 + 2 * random.NextDouble(), Math.Tau * random.NextDouble(), 0.5 + random.NextDouble());
        return Enumerable.Range(0, 48).Select(slot => (Step: slot / 2, Channel: slot % 2))
            .Select(at => size * Math.Sin(Math.Tau * turns * at.Step / 24 + phase - Math.Tau / 6 * at.Channel))
            .Select(value => (float)(value + 0.05 * (2 * random.NextDouble() - 1))).ToArray();
    })];
}

public class Measured
{
    [VectorType(24, 2)]
    public float[] Window { get; set; } = [];
}
