#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Eight numbers that two causes explain.
var random = new Random(1);
var loadings = Enumerable.Range(0, 8).Select(_ => Normals(2)).ToArray();
float[][] rows = [.. Enumerable.Range(0, 600).Select(_ => Normals(2)).Select(causes =>
    loadings.Select(w => (float)(w.Zip(causes, (a, b) => a * b).Sum() + 0.5 * Normal())).ToArray())];
var mlContext = new MLContext(seed: 1);

var (train, test) = (View(rows[..500]), View(rows[500..]));
var options = new VaeOptions
{
    Architecture = VaeArchitecture.Linear,
    Latent = VaeLatent.Gaussian(2),
    Training = new() { Epochs = 60, LearningRate = 0.02, Seed = 1 },
};
LogLikelihoods();
File.Delete("model.zip");

void LogLikelihoods()
{
    using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(train);
    mlContext.Model.Save(transformer, train.Schema, "model.zip");

    using var loaded = VaeTransformer.From(mlContext, "model.zip");
    var rows = loaded.LogLikelihood(test, importanceSamples: 500, seed: 1);
    var nats = rows.GetColumn<float>("LogLikelihood").ToArray();
    var errors = rows.GetColumn<float>("LogLikelihoodStandardError").ToArray();
    Console.WriteLine($"{nats.Average():F2} ± {Math.Sqrt(errors.Sum(e => e * e)) / nats.Length:F2} nats per row");
    foreach (var samples in new[] { 10, 100, 1_000 })
        Console.WriteLine($"{samples} codes of the prior: {Mean(loaded.LogLikelihood(test, samples, seed: 1, VaeProposal.Prior)):F2}");

    static double Mean(IDataView view) => view.GetColumn<float>("LogLikelihood").Average();

    var same = transformer.LogLikelihood(test, 500, 1).GetColumn<float>("LogLikelihood").SequenceEqual(nats);
    Console.WriteLine($"bound {transformer.Model.Info.Training!.Best.ValidationElbo:F2}; loaded: {(same ? "the same" : "another")}");
}

IDataView View(float[][] values) => mlContext.Data.LoadFromEnumerable(values.Select(features => new Row { Features = features }));

double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];

double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

public class Row
{
    [VectorType(8)]
    public float[] Features { get; set; } = [];
}
