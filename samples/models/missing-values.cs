#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Two numbers, a yes or no and a colour, one-hot, that depend on what kind of thing a row describes; three of ten are missing.
var random = new Random(1);
float[][] rows = [.. Enumerable.Range(0, 300).Select(_ => Create(random.Next(3)))];
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

var options = new VaeOptions
{
    MissingValues = VaeMissingValues.Observed,
    Corruption = VaeCorruption.Masking(0.3),
    Likelihood = VaeLikelihood.Mixed(
        ("Size", 1, VaeLikelihood.Gaussian),
        ("Readings", 1, VaeLikelihood.GaussianPerRow),
        ("Sold", 1, VaeLikelihood.Bernoulli),
        ("Colour", 4, VaeLikelihood.Categorical)),
    ReconstructionColumnName = "Imputed",
    ScoreColumnName = "Score",
    ContributionsColumnName = "Contributions",
};
using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(data);   // NaN in Features is missing

var scored = transformer.Transform(data);
Console.WriteLine($"missing: {rows.Sum(row => row.Count(float.IsNaN))} of {rows.Length * 7}");
var imputed = scored.GetColumn<float[]>("Imputed");
Console.WriteLine($"imputed that are no number: {imputed.Sum(row => row.Count(value => !float.IsFinite(value)))}");
var ofMissing = rows.Zip(scored.GetColumn<float[]>("Contributions"), (row, nats) => nats.Where((_, slot) => float.IsNaN(row[slot])));
Console.WriteLine($"nats of what is missing: {ofMissing.Sum(nats => nats.Sum(Math.Abs)):F3}");

float[] Create(int kind)
{
    var row = new float[7];
    row[0] = (float)(170 + 20 * kind + 5 * Normal());
    row[1] = (float)((kind - 1) * 100 + Math.Pow(10, kind) * Normal());
    row[2] = random.NextDouble() < 0.05 + 0.45 * kind ? 1 : 0;
    row[3 + (random.NextDouble() < 0.8 ? kind : random.Next(4))] = 1;
    foreach (var (start, count) in new[] { (0, 1), (1, 1), (2, 1), (3, 4) })
    {
        if (random.NextDouble() < 0.3)
            row.AsSpan(start, count).Fill(float.NaN);
    }
    return row;
}

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(7)]
    public float[] Features { get; set; } = [];
}
