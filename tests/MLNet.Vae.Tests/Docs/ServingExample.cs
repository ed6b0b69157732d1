using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class ServingExample : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task A_saved_model_is_served()
    {
        var zipPath = _directory.File("model.zip");
        var pumpsPath = _directory.File("pumps.zip");
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(Orders());
        using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeTableOptions
        {
            Contamination = 0.01,
            ContributionsColumnName = "Contributions",
            Training = new() { Epochs = 10, Seed = 1 },
        }).Fit(data);
        mlContext.Model.SaveAtomically(detector, data.Schema, zipPath);
        File.Copy(zipPath, pumpsPath);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddVaeScoring(options => options.ModelPath = zipPath);
        builder.Services.AddVaeScoring("pumps", options => options.ModelPath = pumpsPath);
        builder.Services.AddHealthChecks().AddVaeScoring().AddVaeScoring("pumps");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();

        await using var app = builder.Build();
        app.MapVaeScoring();                                                  // POST /score, POST /score/batch, GET /model
        app.MapVaeScoring("/pumps", "pumps");                                 // POST /pumps/score, ...
        app.MapHealthChecks("/health");
        await app.StartAsync(TestContext.Current.CancellationToken);

        var scoring = app.Services.GetRequiredService<VaeScoringService>();
        var row = new Dictionary<string, object?> { ["Country"] = "DE", ["Amount"] = 8000, ["Items"] = 2, ["Express"] = null };
        var result = scoring.Score(row);
        if (result.PredictedLabel is true)
            Console.WriteLine($"score {result.Score}, p-value {result.PValue}, {result.Contributions!.MaxBy(share => share.Value).Key}");

        Assert.True(result.PredictedLabel);
        Assert.Equal("Amount", result.Contributions!.MaxBy(share => share.Value).Key);
        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        foreach (var path in new[] { "score", "pumps/score" })
        {
            using var answer = await client.PostAsJsonAsync(path, row, TestContext.Current.CancellationToken);
            var same = await answer.Content.ReadFromJsonAsync<VaeRowResult>(
                JsonSerializerOptions.Web, TestContext.Current.CancellationToken);
            Assert.Equal(result.Score, same!.Score);
        }
        Assert.Equal("Healthy", await client.GetStringAsync("health", TestContext.Current.CancellationToken));
    }

    public void Dispose() => _directory.Dispose();

    private static Order[] Orders()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 500).Select(_ =>
        {
            var items = random.Next(1, 6);
            return new Order
            {
                Country = random.Next(2) == 0 ? "DE" : "FR",
                Items = items,
                Amount = (float)(items * 40 * (0.9 + (0.2 * random.NextDouble()))),
                Express = random.Next(4) == 0,
            };
        })];
    }

    private sealed class Order
    {
        public string Country { get; set; } = "";

        public float Amount { get; set; }

        public float Items { get; set; }

        public bool Express { get; set; }
    }
}
