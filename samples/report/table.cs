#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Report@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using Microsoft.ML;
using MLNet.Vae;

var random = new Random(1);
var mlContext = new MLContext(seed: 1);
var orders = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new Order
{
    Number = i,
    Country = i % 3 == 0 ? "Norway" : "Chile",
    Amount = (i % 3 == 0 ? 900 : 90) + 10 * random.NextSingle(),
    IsFraud = i % 40 == 0 ? 1 : 0,
}).ToList());
var options = new VaeTableOptions
{
    IgnoredColumnNames = ["Number", "IsFraud"],
    ScoreColumnName = "Score",
    Training = new() { Epochs = 3, Seed = 1 },
};
using (var fitted = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(orders))
    mlContext.Model.Save(fitted, orders.Schema, "orders.zip");

using var detector = VaeTableTransformer.From(mlContext, "orders.zip");
var report = VaeReport.Create(mlContext, detector, orders, new VaeReportOptions
{
    Title = "Orders of May",
    IdColumnName = "Number",
    LabelColumnName = "IsFraud",
    WorstRows = 20,
});
report.Save("orders.html");

Console.WriteLine(File.ReadLines("orders.html").First(line => line.Contains("<title>")).Trim());
File.Delete("orders.html");
File.Delete("orders.zip");

public class Order
{
    public int Number { get; set; }

    public string Country { get; set; } = "";

    public float Amount { get; set; }

    public float IsFraud { get; set; }
}
