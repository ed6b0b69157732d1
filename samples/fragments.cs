#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package Microsoft.ML.FastTree@5.0.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;

// Fragments of two kinds: of one the first half of the values is higher, of the other the second.
var fragments = Fragments(300, seed: 1);

var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(fragments);

var pipeline = mlContext.Transforms.VaeEmbed("Embedding", "Features", latentDimension: 16)
    .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
    .Append(mlContext.MulticlassClassification.Trainers.OneVersusAll(
        mlContext.BinaryClassification.Trainers.FastTree(featureColumnName: "Embedding")));

var model = pipeline.Fit(data);
mlContext.Model.SaveAtomically(model, data.Schema, "model.zip");

var loaded = mlContext.Model.Load("model.zip", out _);
var test = mlContext.Data.LoadFromEnumerable(Fragments(100, seed: 2));
Console.WriteLine($"accuracy {mlContext.MulticlassClassification.Evaluate(loaded.Transform(test)).MicroAccuracy:F3}");
File.Delete("model.zip");

// A detector learns what one kind is like.
var normalRows = mlContext.Data.LoadFromEnumerable(fragments.Where(fragment => fragment.Label == "low"));
var newRows = mlContext.Data.LoadFromEnumerable(Fragments(20, seed: 2));
var detector = mlContext.AnomalyDetection.Trainers.Vae("Features", contamination: 0.01).Fit(normalRows);
var scored = detector.Transform(newRows);
var scores = scored.GetColumn<float>("Score");
foreach (var kind in scores.Zip(newRows.GetColumn<string>("Label")).GroupBy(row => row.Second, row => row.First))
    Console.WriteLine($"{kind.Key}: scores from {kind.Min():F1} to {kind.Max():F1}");

static List<Fragment> Fragments(int count, int seed)
{
    var random = new Random(seed);
    return [.. Enumerable.Range(0, count).Select(i => new Fragment
    {
        Label = i % 2 == 0 ? "low" : "high",
        Features = [.. Enumerable.Range(0, 256).Select(j => (j < 128 == (i % 2 == 0) ? 1 : 0) + random.NextSingle())],
    })];
}

public class Fragment
{
    [VectorType(256)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";
}
