using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Tables;
using Parquet.Serialization;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class OrleansExample : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task One_process_scores_a_file_and_learns_from_readings()
    {
        var (folder, cancellation) = (_directory.Path, TestContext.Current.CancellationToken);
        var (siloPort, gatewayPort) = (FreePort(), FreePort());
        using (var file = File.Create(_directory.File("scorer.onnx")))
            SampleModels.Create(SampleModels.DetectionColumns).ExportOnnx(VaeGraph.Scorer, file);
        File.WriteAllLines(_directory.File("rows.csv"), Enumerable.Range(0, 1_000).Select(i => $"{i % 7},2,3,4,5,{i % 3}"));

        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
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
        using var host = builder.Build();
        await host.StartAsync(cancellation);

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

        Assert.Equal((VaeJobState.Done, 1_000L), (status.State, status.Rows));
        job = job with { Reader = "sensors", Partitions = [new() { Source = "hall 3", From = 100, To = 150 }] };
        status = await jobs.Wait((await jobs.Submit(job)).Id, cancellation: cancellation);
        Assert.Equal(50, status.Rows);

        var fleet = host.Services.GetRequiredService<VaeFleetClient>();
        float[] reading = [20.5f, 3.1f, 0.7f];
        var result = await fleet.Score("pumps", "pump 7", reading);
        if (result.Scores is [var score])
            Console.WriteLine($"score {score}, model {result.ModelVersion}");
        else
            Console.WriteLine("pump 7 is learning");

        var random = new Random(1);
        await fleet.Score("pumps", "pump 7", SampleData.Dense(random, 3 * 200), width: 3);
        while (await fleet.GetStatus("pumps", "pump 7") is { ModelVersion: 0 } key)
        {
            Assert.Null(key.Fault);
            await Task.Delay(50, cancellation);
        }
        Assert.Single((await fleet.Score("pumps", "pump 7", reading)).Scores!);
        await host.StopAsync(cancellation);
    }

    [Fact]
    public async Task Tables_are_read_by_their_columns()
    {
        var (folder, cancellation) = (_directory.Path, TestContext.Current.CancellationToken);
        var mlContext = new MLContext(seed: 1);
        var rows = Visit.Rows(300);
        var data = Visit.View(mlContext, rows);
        var options = new VaeTableOptions { Latent = VaeLatent.Gaussian(2), Training = new() { Seed = 1, Epochs = 2 } };
        var culture = CultureInfo.InvariantCulture;
        File.WriteAllLines(
            _directory.File("visits.csv"),
            rows.Select(row => string.Create(
                culture,
                $"{row.Member},\"{row.Country}\",{row.Age:R},{row.Amount:R},{row.Visits},{row.Since:yyyy-MM-dd},{row.Gain:R},{row.Number:R}"))
                .Prepend("Member,Country,Age,Amount,Visits,Since,Gain,Number"));
        await using (var file = File.Create(_directory.File("visits.parquet")))
        {
            await ParquetSerializer.SerializeAsync(rows, file, new() { RowGroupSize = 50 }, cancellationToken: cancellation);
        }

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

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), FreePort());
            silo.AddVaeScoring(scoring => scoring.AllowedFolders.Add(folder));
        });
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        var jobs = host.Services.GetRequiredService<VaeJobClient>();
        foreach (var one in new[] { job, parquet })
        {
            var status = await jobs.Wait((await jobs.Submit(one)).Id, cancellation: cancellation);
            Assert.Empty(status.Faults);
            Assert.Equal(300, status.Rows);
        }
        Assert.Equal(Joined(job), Joined(parquet));
        // ML.NET's rows lie one behind the other, and where a row lies decides on a last digit.
        foreach (var (expected, found) in detector.Transform(data).GetColumn<float>("Score").Zip(Joined(job)))
            Assert.Equal(expected, float.Parse(found, culture), 1e-5f * expected);
        await host.StopAsync(cancellation);

        static IEnumerable<string> Joined(VaeJob job)
            => Enumerable.Range(0, job.Partitions.Count).SelectMany(i => File.ReadAllLines(job.OutputPath(i)));
    }

    public void Dispose() => _directory.Dispose();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
}
