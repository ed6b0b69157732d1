using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MLNet.Vae.Interop;
using MLNet.Vae.Models;
using MLNet.Vae.Partitions;
using MLNet.Vae.Paths;

namespace MLNet.Vae.Jobs;

/// <summary>Scores partitions on this silo, so many at once, each on a thread of its own: reading, scoring and writing wait.</summary>
internal sealed class PartitionWorker(
    IOptions<VaeClusterOptions> options,
    SharedModels models,
    AllowedPaths paths,
    IServiceProvider services,
    ILocalSiloDetails silo,
    IHostApplicationLifetime host)
    : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.Concurrency);

    /// <exception cref="OperationCanceledException">It was cancelled, or the silo stops.</exception>
    public async Task<PartitionOutcome> Run(PartitionWork work, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        await _free.WaitAsync(either.Token);
        try
        {
            return await Task.Factory.StartNew(
                () => Score(work, either.Token), either.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private PartitionOutcome Score(PartitionWork work, CancellationToken cancellation)
    {
        SiloAddress? unable = silo.SiloAddress;
        try
        {
            var reader = services.GetKeyedService<IVaePartitionReader>(work.Reader)
                ?? throw new InvalidDataException(NoReader(work.Reader));
            using var lease = models.Get(paths.Resolve(work.ModelPath), work.ModelIdentity);
            unable = null;
            var partition = reader.ReadsFiles
                ? work.Partition with { Source = paths.Resolve(work.Partition.Source) }
                : work.Partition;
            var scorer = new PartitionScorer(lease.Model.Scorer(work.NonFiniteInput), work.Outputs);
            var rows = 0L;
            FileSet.WriteOne(
                "result of a partition",
                paths.Resolve(work.OutputPath),
                stream => rows = scorer.Run(reader.Read(partition, lease.Model.Model.Info, cancellation), stream, cancellation));
            return new(rows, null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not OutOfMemoryException)
        {
            // A reader is anybody's: whatever it throws is of this partition, and the others go on.
            return new(0, fault.Message, unable);
        }
    }

    public static string NoReader(string name)
        => $"\"{name}\": expected the name of a partition reader, found none of that name among the services of the silo. Register it with "
            + "services.AddKeyedSingleton<IVaePartitionReader, ...>(name) on every silo.";
}
