#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package MLNet.Vae.Orleans@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;
using Orleans.Hosting;

// A model of three numbers, a file of 1,000 rows, and a cluster of one process.
var cancellation = CancellationToken.None;
var folder = Directory.CreateTempSubdirectory("pumps-").FullName;
var (siloPort, gatewayPort) = (FreePort(), FreePort());
File.WriteAllLines(Path.Combine(folder, "rows.csv"), Enumerable.Range(0, 1_000).Select(i => $"{i % 7},2,{i % 3}"));
var mlContext = new MLContext(seed: 1);
var rows = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 300).Select(i => new Row { Features = [i % 7, 2, i % 3] }));
var quick = new VaeAnomalyOptions { Training = new() { Seed = 1, Epochs = 5 } };
using (var detector = mlContext.AnomalyDetection.Trainers.Vae(quick).Fit(rows))
using (var file = File.Create(Path.Combine(folder, "scorer.onnx")))
    detector.Model.ExportOnnx(VaeGraph.Scorer, file);

var builder = Host.CreateApplicationBuilder();
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering(siloPort, gatewayPort);
    silo.AddVaeScoring(options =>
    {
        options.AllowedFolders.Add(folder);
        options.Fleets["pumps"] = new() { MinimumReadings = 200, RetrainEvery = 10_000 };
    });
    silo.Services.AddKeyedSingleton<IVaeFleetTrainer, PumpTrainer>("pumps");
    silo.Services.AddKeyedSingleton<IVaePartitionReader, Sensors>("sensors");
});
builder.Logging.ClearProviders();
using var host = builder.Build();
await host.StartAsync();

var jobs = host.Services.GetRequiredService<VaeJobClient>();
var job = new VaeJob
{
    ModelPath = Path.Combine(folder, "scorer.onnx"),
    Partitions = VaePartition.OfText(Path.Combine(folder, "rows.csv"), count: 10),
    OutputFolder = Path.Combine(folder, "scores"),                    // part-00000.csv, part-00001.csv, ...
    Outputs = VaeJobOutputs.Score | VaeJobOutputs.PredictedLabel,     // a line for each row
};
var status = await jobs.Submit(job);
var progress = new Progress<VaeJobStatus>(seen => Console.WriteLine($"{seen.Done} of {seen.Partitions}, {seen.Rows:N0} rows"));
status = await jobs.Wait(status.Id, progress, cancellation);
foreach (var fault in status.Faults)
    Console.WriteLine($"{fault.Partition}: {fault.Message}");
if (status.State == VaeJobState.DoneWithFailures)
    status = await jobs.Resume(status.Id);
Console.WriteLine($"a file: {status.State}, rows {status.Rows}");

job = job with { Reader = "sensors", Partitions = [new() { Source = "hall 3", From = 100, To = 150 }] };
status = await jobs.Wait((await jobs.Submit(job)).Id, cancellation: cancellation);
Console.WriteLine($"a source: {status.State}, rows {status.Rows}");

var fleet = host.Services.GetRequiredService<VaeFleetClient>();
float[] reading = [20.5f, 3.1f, 0.7f];
var result = await fleet.Score("pumps", "pump 7", reading);
if (result.Scores is [var score])
    Console.WriteLine($"score {score}, model {result.ModelVersion}");
else
    Console.WriteLine("pump 7 is learning");

var random = new Random(1);
float[] more = [.. Enumerable.Range(0, 3 * 200).Select(_ => random.NextSingle())];
await fleet.Score("pumps", "pump 7", more, width: 3);
while (await fleet.GetStatus("pumps", "pump 7") is { ModelVersion: 0, Fault: null })
    await Task.Delay(50);
Console.WriteLine($"scores of a reading: {(await fleet.Score("pumps", "pump 7", reading)).Scores!.Count}");
await host.StopAsync();
Directory.Delete(folder, recursive: true);

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}

public class Row
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];
}

internal sealed class PumpTrainer : IVaeFleetTrainer
{
    public Task<VaeModel> Train(VaeFleetReadings readings, CancellationToken cancellation)
    {
        var mlContext = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Pump));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, readings.FeatureCount);
        var rows = mlContext.Data.LoadFromEnumerable(
            readings.Rows.ToArray().Chunk(readings.FeatureCount).Select(row => new Pump { Features = row }), schema);
        using var model = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Latent = VaeLatent.Gaussian(2),
            ScoreColumnName = "Score",
            Training = new() { Seed = 1, Epochs = 5, CancellationToken = cancellation },
        }).Fit(rows);
        return Task.FromResult(model.Model);
    }

    private sealed class Pump
    {
        public float[] Features { get; set; } = [];
    }
}

internal sealed class Sensors : IVaePartitionReader
{
    public bool ReadsFiles => false;                                      // a source is what this reader takes it for

    public IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeModelInfo model, CancellationToken cancellation)
    {
        for (var id = partition.From; id < partition.To; id++)
            yield return ReadingOf(partition.Source, id, model.FeatureCount);
    }

    private static float[] ReadingOf(string hall, long id, int features)
        => [.. Enumerable.Range(0, features).Select(i => (hall.Length + id + i) % 5f)];
}
