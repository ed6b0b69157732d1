#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

var mlContext = new MLContext(seed: 1);
var random = new Random(1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ => random.NextSingle())
    .Select(cause => new Row { Features = [cause, 1 - cause, cause + 0.1f * random.NextSingle()] }).ToList());

var pipeline = mlContext.Transforms.NormalizeMinMax("Features")
    .Append(mlContext.AnomalyDetection.Trainers.Vae(new VaeAnomalyOptions { Training = new() { Epochs = 20, Seed = 1 } }))
    .Append(mlContext.Transforms.CopyColumns("Unlike", "Score"));
using var model = pipeline.Fit(data);
double threshold = model.Transform(data).GetColumn<float>("Score").Order().ElementAt(149);

ITransformer[] parts = [.. model];                                                  // Of the pipeline, as Fit gave it.
using var detector = ((VaeTransformer)parts[1]).WithThreshold(threshold);           // In the units of the score.
var changed = new TransformerChain<ITransformer>(parts[0], detector, parts[2]);

var scored = changed.Transform(data);
Console.WriteLine($"above the threshold: {scored.GetColumn<float>("Unlike").Count(score => score > threshold)}");
Console.WriteLine($"flagged: {scored.GetColumn<bool>("PredictedLabel").Count(flag => flag)}");

public class Row
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];
}
