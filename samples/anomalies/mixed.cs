#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Four readings that two causes explain, and one of three machines, one-hot.
var random = new Random(1);
var loadings = Enumerable.Range(0, 4).Select(_ => (First: Normal(), Second: Normal())).ToArray();
Row[] usual = [.. Enumerable.Range(0, 460).Select(i => Usual(i % 3))];
Row[] unusual = [.. Enumerable.Range(0, 20).Select(i => Unusual(i % 3))];

var mlContext = new MLContext(seed: 1);
var normal = mlContext.Data.LoadFromEnumerable(usual[..400]);
var batch = mlContext.Data.LoadFromEnumerable(usual[400..].Concat(unusual));

var options = new VaeAnomalyOptions
{
    Contamination = 0.05,
    Likelihood = VaeLikelihood.Mixed(("Readings", 4, VaeLikelihood.Gaussian), ("Machine", 3, VaeLikelihood.Categorical)),
    ScoreKind = VaeScoreKind.NegativeLogLikelihood,
    Training = new() { Epochs = 60, LearningRate = 0.005, Seed = 1 },
};
using var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(normal);
mlContext.Model.Save(detector, normal.Schema, "detector.zip");

var scored = mlContext.Model.Load("detector.zip", out _).Transform(batch);
var pValues = scored.GetColumn<float>("PValue").ToArray();
var reported = VaeFalseDiscoveryRate.Control(pValues, rate: 0.1);

Console.WriteLine($"reported of 60 usual rows: {reported.Take(60).Count(report => report)}");
Console.WriteLine($"reported of 20 unusual rows: {reported.Skip(60).Count(report => report)}");
var same = detector.Transform(batch).GetColumn<float>("PValue").SequenceEqual(pValues);
Console.WriteLine(same ? "The loaded detector gives the same p-values." : "The loaded detector gives other p-values.");
File.Delete("detector.zip");

Row Usual(int machine)
{
    var (first, second) = (Normal(), Normal());
    var row = new Row();
    for (var j = 0; j < 4; j++)
        row.Features[j] = (float)(loadings[j].First * first + loadings[j].Second * second + 0.2 * Normal());
    row.Features[4 + machine] = 1;
    return row;
}

// Readings that go against each other, of a machine that training has not seen.
Row Unusual(int machine)
{
    var row = Usual(machine);
    row.Features = [row.Features[0] + 4, row.Features[1] - 4, row.Features[2] + 4, row.Features[3] - 4, 0, 0, 0];
    return row;
}

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(7)]
    public float[] Features { get; set; } = new float[7];
}
