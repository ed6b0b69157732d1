#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Report@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using MLNet.Vae;

// In the place of synthetic rows, as many that were drawn as the real ones were.
var mlContext = new MLContext(seed: 1);
var training = mlContext.Data.LoadFromEnumerable(Customers(400, seed: 1));
var heldOut = mlContext.Data.LoadFromEnumerable(Customers(400, seed: 2));
var synthetic = mlContext.Data.LoadFromEnumerable(Customers(400, seed: 3));

var options = new VaeTableReportOptions { Title = "Customers", LabelColumnName = "HasLeft" };
VaeTableReport.Write(mlContext, training, heldOut, synthetic, "customers.html", options);

var quality = VaeTableReport.Measure(mlContext, training, heldOut, synthetic, options);
Console.WriteLine(quality);
var areTold = quality.Detection!.Area > 0.5 + 3 * quality.Detection.StandardError;
var areCopied = quality.Privacy.CopyShareDeviations > 3;

Console.WriteLine($"told: {areTold}, copied: {areCopied}");
Console.WriteLine(File.ReadLines("customers.html").First(line => line.Contains("<title>")).Trim());
File.Delete("customers.html");

static List<Customer> Customers(int count, int seed)
{
    var random = new Random(seed);
    return [.. Enumerable.Range(0, count).Select(_ => random.Next(50)).Select(orders => new Customer
    {
        Country = orders % 3 == 0 ? "Norway" : "Chile",
        Orders = orders,
        Spent = orders * (20 + random.NextSingle()),
        HasLeft = random.Next(50) > orders,
    })];
}

public class Customer
{
    public string Country { get; set; } = "";

    public int Orders { get; set; }

    public float Spent { get; set; }

    public bool HasLeft { get; set; }
}
