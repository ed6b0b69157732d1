#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Two kinds of visitors, who go to different places; of some days all is more, of others less.
var random = new Random(1);
var mlContext = new MLContext(seed: 1);
{
    float[][] rows = [.. Enumerable.Range(0, 600).Select(i => Draw(place => Poisson(Rate(i % 2, place))))];
    var data = View(rows);

    var counts = new VaeOptions
    {
        Likelihood = VaeLikelihood.Poisson,
        Latent = VaeLatent.Gaussian(2),
        ReconstructionColumnName = "Expected",
    };
    var transformer = mlContext.Transforms.VaeEmbed(counts).Fit(data);

    var expected = transformer.Transform(data).GetColumn<float[]>("Expected").ToList();
    for (var kind = 0; kind < 2; kind++)
    {
        var ratios = Draw(place => expected.Where((_, i) => i % 2 == kind).Average(row => row[place]) / (float)Rate(kind, place));
        Console.WriteLine($"expected over true counts: {string.Join(' ', ratios.Select(ratio => $"{ratio:F2}"))}");
    }
    transformer.Dispose();
}
{
    // Counts that vary more than a Poisson: each rate is multiplied by an exponential number.
    float[][] rows =
    [
        .. Enumerable.Range(0, 600).Select(i => Draw(place => Poisson(Rate(i % 2, place) * -Math.Log(1 - random.NextDouble())))),
    ];
    var data = View(rows);
    var counts = new VaeOptions { Likelihood = VaeLikelihood.Poisson, Latent = VaeLatent.Gaussian(2) };

    var spread = counts with { Likelihood = VaeLikelihood.NegativeBinomial };
    var transformer = mlContext.Transforms.VaeEmbed(spread).Fit(data);

    using var plain = mlContext.Transforms.VaeEmbed(counts).Fit(data);
    Console.WriteLine($"negative binomial {transformer.Model.Info.Training!.Best.Elbo:F2} nats");
    Console.WriteLine($"Poisson {plain.Model.Info.Training!.Best.Elbo:F2} nats");
    transformer.Dispose();
}

IDataView View(float[][] rows) => mlContext.Data.LoadFromEnumerable(rows.Select(features => new Row { Features = features }));

static float[] Draw(Func<int, float> ofPlace) => [.. Enumerable.Range(0, 6).Select(ofPlace)];

static double Rate(int kind, int place) => kind == 0 ? 2 + 4 * place : 22 - 4 * place;

// Knuth 1969, section 3.4.1.
float Poisson(double rate)
{
    var (limit, count, product) = (Math.Exp(-rate), -1, 1.0);
    for (; product > limit; count++)
        product *= random.NextDouble();
    return count;
}

public class Row
{
    [VectorType(6)]
    public float[] Features { get; set; } = [];
}
