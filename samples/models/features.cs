#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Twelve numbers that three causes explain; sixty rows have a label.
var random = new Random(1);
var loadings = Enumerable.Range(0, 12).Select(_ => Normals(3)).ToArray();
float[][] rows = [.. Enumerable.Range(0, 600).Select(_ => Normals(3)).Select(causes =>
    loadings.Select(w => (float)(w.Zip(causes, (a, b) => a * b).Sum() + 0.1 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);

var (all, labelled, others) = (View(rows), View(rows[..60]), View(rows[60..]));

var pipeline = mlContext.Transforms.VaeEmbed(VaeOptions.Features(dimension: 4) with { OutputColumnName = "Learned" })
    .Append(mlContext.Transforms.Concatenate("Both", "Features", "Learned"));
var features = pipeline.Fit(all);
var learner = mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Learned");
var model = features.Append(learner.Fit(features.Transform(labelled)));

Console.WriteLine($"accuracy {mlContext.BinaryClassification.Evaluate(model.Transform(others)).Accuracy:F3}");

IDataView View(float[][] values) =>
    mlContext.Data.LoadFromEnumerable(values.Select(row => new Row { Features = row, Label = row[0] > 0 }));

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(12)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }
}
