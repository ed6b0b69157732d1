#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package Microsoft.ML.FastTree@5.0.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// 64 features that four hidden causes explain; few rows have a label.
var random = new Random(1);
var causes = Enumerable.Range(0, 64).Select(_ => Normals(4)).ToArray();
Row[] rows = [.. Enumerable.Range(0, 3_000).Select(_ => Draw())];

var mlContext = new MLContext(seed: 1);
var all = mlContext.Data.LoadFromEnumerable(rows);
var labelled = mlContext.Data.LoadFromEnumerable(rows.Take(60));
var others = mlContext.Data.LoadFromEnumerable(rows.Skip(60));

// The embedding learns from every row, the trees from those with a label.
using var embedding = mlContext.Transforms.VaeEmbed(VaeOptions.Features(4) with { Training = new() { Seed = 1 } }).Fit(all);
var trees = mlContext.BinaryClassification.Trainers.FastTree(
    featureColumnName: "Embedding", minimumExampleCountPerLeaf: 5).Fit(embedding.Transform(labelled));
var model = new TransformerChain<ITransformer>(embedding, trees);
Console.WriteLine($"AUC on the embedding: {Auc(model):F3}");
Console.WriteLine($"AUC on the 64 features: {Auc(mlContext.BinaryClassification.Trainers
    .FastTree(minimumExampleCountPerLeaf: 5).Fit(labelled)):F3}");

// One file, which mlContext.Model.Load opens in a program without torch.
mlContext.Model.SaveAtomically(model, all.Schema, "features.zip");
var loaded = new MLContext().Model.Load("features.zip", out _);
Console.WriteLine($"Loaded from features.zip: {Auc(loaded):F3}");

double Auc(ITransformer scorer) => mlContext.BinaryClassification.Evaluate(scorer.Transform(others)).AreaUnderRocCurve;

float[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(
    Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble())))];

Row Draw()
{
    var z = Normals(4);
    var noise = Normals(64);
    return new()
    {
        Features = [.. causes.Select((cause, i) => cause.Zip(z, (a, b) => a * b).Sum() + 2 * noise[i])],
        Label = z[0] + z[1] > 0,
    };
}

public class Row
{
    [VectorType(64)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }
}
