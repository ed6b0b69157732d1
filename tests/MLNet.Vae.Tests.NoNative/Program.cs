using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// Fits a tiny model. Prints how many rows were read, then "fitted" or what the fit said.
var read = 0;
var mlContext = new MLContext(seed: 1);
var rows = mlContext.Data.LoadFromEnumerable(Rows());
var options = new VaeOptions { Latent = VaeLatent.Gaussian(1), Training = new() { Epochs = 1 } };
string outcome;
try
{
    using var transformer = mlContext.Transforms.VaeEmbed(options).Fit(rows);
    outcome = "fitted";
}
catch (InvalidOperationException refusal)
{
    outcome = refusal.Message;
}

Console.WriteLine($"rows read: {read}");
Console.WriteLine(outcome);

IEnumerable<Row> Rows()
{
    for (var i = 0; i < 20; i++)
    {
        read++;
        yield return new() { Features = [i, i % 3] };
    }
}

internal sealed class Row
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];
}
