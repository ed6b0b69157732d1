#:sdk Microsoft.NET.Sdk.Web
#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Hosting@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using MLNet.Vae;

// A detector of orders whose amount does not follow from their items.
var random = new Random(1);
var folder = Directory.CreateTempSubdirectory("orders-").FullName;
var (zipPath, pumpsPath) = (Path.Combine(folder, "model.zip"), Path.Combine(folder, "pumps.zip"));
var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 500).Select(_ => random.Next(1, 6)).Select(items => new Order
{
    Country = random.Next(2) == 0 ? "DE" : "FR",
    Items = items,
    Amount = items * 40 * (0.9f + 0.2f * random.NextSingle()),
    Express = random.Next(4) == 0,
}).ToList());
using (var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeTableOptions
{
    Contamination = 0.01,
    ContributionsColumnName = "Contributions",
    Training = new() { Epochs = 10, Seed = 1 },
}).Fit(data))
    mlContext.Model.SaveAtomically(detector, data.Schema, zipPath);
File.Copy(zipPath, pumpsPath);

var builder = WebApplication.CreateSlimBuilder();
builder.Services.AddVaeScoring(options => options.ModelPath = zipPath);
builder.Services.AddHealthChecks().AddVaeScoring().AddVaeScoring("pumps");
builder.Services.AddVaeScoring("pumps", options => options.ModelPath = pumpsPath);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.ClearProviders();

await using var app = builder.Build();
app.MapVaeScoring();                                                  // POST /score, POST /score/batch, GET /model
app.MapHealthChecks("/health");
app.MapVaeScoring("/pumps", "pumps");                                 // POST /pumps/score, ...
await app.StartAsync();

var scoring = app.Services.GetRequiredService<VaeScoringService>();
var row = new Dictionary<string, object?> { ["Country"] = "DE", ["Amount"] = 8000, ["Items"] = 2, ["Express"] = null };
var result = scoring.Score(row);
if (result.PredictedLabel is true)
    Console.WriteLine($"score {result.Score}, p-value {result.PValue}, {result.Contributions!.MaxBy(share => share.Value).Key}");

using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
foreach (var path in new[] { "score", "pumps/score" })
{
    using var answer = await client.PostAsJsonAsync(path, row);
    var same = await answer.Content.ReadFromJsonAsync<VaeRowResult>();
    Console.WriteLine($"{path} answers {(int)answer.StatusCode}; the same score: {same!.Score == result.Score}");
}
Console.WriteLine($"health: {await client.GetStringAsync("health")}");
await app.StopAsync();
Directory.Delete(folder, recursive: true);

public class Order
{
    public string Country { get; set; } = "";

    public float Amount { get; set; }

    public float Items { get; set; }

    public bool Express { get; set; }
}
