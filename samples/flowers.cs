#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Two species, the tall ones longer; a tenth of the lengths is missing.
var random = new Random(1);
List<Flower> flowers = [.. Enumerable.Range(0, 60).Select(i => new Flower
{
    Species = i % 2 == 0 ? "tall" : "short",
    Length = (i % 2 == 0 ? 6 : 3) + random.NextSingle() is var length && i % 10 != 3 ? length : float.NaN,
})];

var mlContext = new MLContext(seed: 1);
IDataView table = mlContext.Data.LoadFromEnumerable(flowers);

var options = new VaeTableOptions { ContributionsColumnName = "Contributions" };
using var unlike = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(table);
Console.WriteLine(unlike.Table);                                          // kind of each column, and why
var should = unlike.Reconstruct(table);                                   // each cell as it should have been

using var impute = mlContext.Transforms.VaeImpute(indicatorSuffix: " was missing").Fit(table);
var filled = impute.Transform(table);                                     // what was there stays

using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions { Sampler = new() }).Fit(table);
var synthetic = model.Sample(count: 1000, seed: 1);

foreach (var (name, view) in new[] { ("should", should), ("filled", filled), ("synthetic", synthetic) })
{
    foreach (var kind in Rows(view).GroupBy(row => row.Species, row => row.Length).OrderBy(kind => kind.Key))
        Console.WriteLine($"{name}, {kind.Key}: {kind.Count()} rows, lengths from {kind.Min():F1} to {kind.Max():F1}");
}
var kept = Rows(filled).Zip(flowers).Count(pair => pair.First.Length == pair.Second.Length);
Console.WriteLine($"{flowers.Count(flower => float.IsNaN(flower.Length))} lengths were missing, {kept} stayed as they were");

static IEnumerable<(string Species, float Length)> Rows(IDataView view) =>
    view.GetColumn<string>("Species").Zip(view.GetColumn<float>("Length"));

public class Flower
{
    public string Species { get; set; } = "";

    public float Length { get; set; }
}
