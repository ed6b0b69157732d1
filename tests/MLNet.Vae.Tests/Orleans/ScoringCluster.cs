using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MLNet.Vae.Partitions;
using MLNet.Vae.Tests.Kit;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;

namespace MLNet.Vae.Tests.Orleans;

/// <summary>Silos in this process, with storage that outlives them, and a folder of models and rows that they allow.</summary>
public sealed class ScoringCluster : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly InProcessTestCluster _cluster;

    private ScoringCluster(short silos, Action<VaeClusterOptions>? configure, Action<ISiloBuilder>? build)
    {
        using (var file = System.IO.File.Create(ModelPath))
            Model.ExportOnnx(VaeGraph.Scorer, file);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddVaeScoring(options =>
            {
                options.AllowedFolders.Add(Folder);
                options.StorageAttempts = 2;
                options.StorageRetryDelay = TimeSpan.FromMilliseconds(10);
                options.JobCheckInterval = TimeSpan.FromMilliseconds(300);
                configure?.Invoke(options);
            });
            silo.Services.AddKeyedSingleton<IGrainStorage>(
                VaeClusterOptions.StorageName, (services, _) => new SharedStorage(Tables, services));
            silo.Services.AddKeyedSingleton<IVaePartitionReader>("gated", Gate);
            silo.Services.AddKeyedSingleton<IVaePartitionReader>("counted", Numbers);
            silo.Services.Configure<ClusterMembershipOptions>(options => options.NumVotesForDeathDeclaration = 1);
            silo.Services.AddLogging(logging => logging.ClearProviders());
            build?.Invoke(silo);
        });
        builder.ConfigureClient(client => client.AddVaeScoringClient());
        _cluster = builder.Build();
    }

    public VaeModel Model { get; } = SampleModels.Create(SampleModels.DetectionColumns);

    public string Folder => _directory.Path;

    public string ModelPath => _directory.File("scorer.onnx");

    internal SharedStorage.Tables Tables { get; } = new();

    /// <summary>The reader "gated".</summary>
    internal GatedReader Gate { get; } = new();

    /// <summary>The reader "counted".</summary>
    internal NumberReader Numbers { get; } = new();

    public InProcessTestCluster Silos => _cluster;

    public VaeJobClient Jobs => _cluster.Client.ServiceProvider.GetRequiredService<VaeJobClient>();

    public static async Task<ScoringCluster> Of(
        short silos, Action<VaeClusterOptions>? configure = null, Action<ISiloBuilder>? build = null)
    {
        var cluster = new ScoringCluster(silos, configure, build);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public string File(string name) => _directory.File(name);

    /// <summary>Rows of six features as text, and what the model says of them in one process.</summary>
    public (string Path, string Scores) Rows(string name, int count, int seed = 1)
    {
        var random = new Random(seed);
        var rows = SampleData.Dense(random, count * SampleModels.Features);
        System.IO.File.WriteAllLines(
            File(name),
            rows.Chunk(SampleModels.Features).Select(row => string.Join(',', row.Select(value => value.ToString("R", Culture)))));
        using var scorer = Model.CreateScorer(new() { Threads = 1 });
        using var scores = new MemoryStream();
        new PartitionScorer(scorer, VaeJobOutputs.Score).Run([rows], scores, TestContext.Current.CancellationToken);
        return (File(name), Encoding.UTF8.GetString(scores.ToArray()));
    }

    public VaeJob Job(IReadOnlyList<VaePartition> partitions, string output = "scores") => new()
    {
        ModelPath = ModelPath,
        Partitions = partitions,
        OutputFolder = File(output),
    };

    /// <summary>What the parts of a job hold, one after the other.</summary>
    public static string Joined(VaeJob job)
        => string.Concat(Enumerable.Range(0, job.Partitions.Count).Select(i => System.IO.File.ReadAllText(job.OutputPath(i))));

    public async ValueTask DisposeAsync()
    {
        Gate.Open();
        await _cluster.DisposeAsync();
        _directory.Dispose();
    }

    private static CultureInfo Culture => CultureInfo.InvariantCulture;
}
