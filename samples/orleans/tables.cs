#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Orleans@*
#:package Parquet.Net@6.1.0
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using MLNet.Vae;
using Orleans.Hosting;
using Parquet.Serialization;

// A table of visits, as a text file with a header and as a Parquet file of several row groups.
var folder = Directory.CreateTempSubdirectory("visits-").FullName;
var random = new Random(1);
var visits = Enumerable.Range(0, 300).Select(i => new Visit
{
    Country = i % 3 == 0 ? "DE" : "FR",
    Age = i % 7 == 0 ? null : 20 + random.Next(50),
    Since = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(i % 90),
    Amount = Math.Exp(random.NextDouble()),
}).ToList();
File.WriteAllLines(Path.Combine(folder, "visits.csv"), visits
    .Select(visit => string.Create(CultureInfo.InvariantCulture, $"{visit.Amount:R},{visit.Country},{visit.Age},{visit.Since:yyyy-MM-dd}"))
    .Prepend("Amount,Country,Age,Since"));
using (var file = File.Create(Path.Combine(folder, "visits.parquet")))
    await ParquetSerializer.SerializeAsync(visits, file, new() { RowGroupSize = 50 });

var mlContext = new MLContext(seed: 1);
var data = mlContext.Data.LoadFromEnumerable(visits.Select(visit => new VisitRow
{
    Country = visit.Country,
    Age = visit.Age ?? float.NaN,
    Since = visit.Since,
    Amount = visit.Amount,
}));
var options = new VaeTableOptions { Training = new() { Seed = 1, Epochs = 2 } };

using var detector = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(data);      // options: a VaeTableOptions
detector.Model.ExportOnnx(folder);                                    // scorer.onnx, and others
var job = new VaeJob
{
    ModelPath = Path.Combine(folder, "scorer.onnx"),
    Partitions = VaePartition.OfText(Path.Combine(folder, "visits.csv"), count: 10),      // columns by the names in the header
    OutputFolder = Path.Combine(folder, "scores"),
};
var parquet = job with
{
    Partitions = VaePartition.OfParquet(Path.Combine(folder, "visits.parquet")),          // a row group each
    Reader = VaeJob.ParquetReader,
    OutputFolder = Path.Combine(folder, "scores-of-parquet"),
};

var builder = Host.CreateApplicationBuilder();
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(FreePort(), FreePort());
    silo.AddVaeScoring(scoring => scoring.AllowedFolders.Add(folder));
});
builder.Logging.ClearProviders();
using var host = builder.Build();
await host.StartAsync();
var jobs = host.Services.GetRequiredService<VaeJobClient>();
foreach (var one in new[] { job, parquet })
{
    var status = await jobs.Wait((await jobs.Submit(one)).Id);
    Console.WriteLine($"{Path.GetFileName(one.OutputFolder)}: {status.State}, {status.Rows} rows of {status.Partitions} partitions");
}
Console.WriteLine($"the same scores: {Scores(job).SequenceEqual(Scores(parquet))}");
await host.StopAsync();
Directory.Delete(folder, recursive: true);

static IEnumerable<string> Scores(VaeJob job)
    => Enumerable.Range(0, job.Partitions.Count).SelectMany(i => File.ReadAllLines(job.OutputPath(i)));

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

public class Visit
{
    public string Country { get; set; } = "";

    public float? Age { get; set; }

    public DateTime Since { get; set; }

    public double Amount { get; set; }
}

public class VisitRow
{
    public string Country { get; set; } = "";

    public float Age { get; set; }

    public DateTime Since { get; set; }

    public double Amount { get; set; }
}
