#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Whether somebody smokes, how old they are and what they like all depend on the same thing.
string[] colours = ["red", "green", "blue"];
var random = new Random(1);
var path = Path.GetTempFileName();
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(_ => random.Next(3)).Select(kind => new Person
{
    Age = (float)(30 + 15 * kind + 4 * Normal()),
    Smoker = random.NextDouble() < (kind == 0 ? 0.05 : 0.7) ? 1 : 0,
    Colour = colours[random.NextDouble() < 0.8 ? kind : random.Next(3)],
}).ToList());

var likelihood = VaeLikelihood.Mixed(
    ("Age", 1, VaeLikelihood.Gaussian),
    ("Smoker", 1, VaeLikelihood.Bernoulli),
    ("Colour", 3, VaeLikelihood.Categorical));
var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("Colour")
    .Append(mlContext.Transforms.Concatenate("Features", "Age", "Smoker", "Colour"))
    .Append(mlContext.Transforms.VaeEmbed(new VaeOptions { Likelihood = likelihood, Latent = VaeLatent.Gaussian(2) }));
var model = pipeline.Fit(data);
mlContext.Model.Save(model, data.Schema, path);
foreach (var part in model.LastTransformer.Model.Info.Training!.Best.ReconstructionPerPart!)
    Console.WriteLine($"{part.Name}: {part.Nats:F2} nats");

// Each column costs less than by itself: a standardised number, a coin, three colours.
Console.WriteLine($"by themselves {Math.Log(Math.Tau * Math.E) / 2:F2}, {Math.Log(2):F2} and {Math.Log(3):F2} nats");
var loaded = mlContext.Model.Load(path, out _).Transform(data).GetColumn<float[]>("Embedding");
var off = model.Transform(data).GetColumn<float[]>("Embedding").Zip(loaded, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max();
Console.WriteLine(off < 1e-4 ? "loaded: the same" : $"loaded: off by {off}");
File.Delete(path);

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Person
{
    public float Age { get; set; }

    public float Smoker { get; set; }

    public string Colour { get; set; } = "";
}
