using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MLNet.Vae.Jobs;

/// <summary>Looks from each silo whether unfinished jobs go on: the silo that drove one may be gone.</summary>
internal sealed partial class JobKeeper(IGrainFactory grains, IOptions<VaeClusterOptions> options, ILogger<JobKeeper> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.JobCheckInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await grains.GetGrain<IJobRegistryGrain>(0).Keep();
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The cluster is changing, or storage is down: the next time it is another.
                NotKept(fault);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Jobs could not be looked after; it is tried again.")]
    private partial void NotKept(Exception fault);
}
