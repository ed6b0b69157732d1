using Orleans.Concurrency;
using Orleans.Placement;

namespace MLNet.Vae.Jobs;

/// <inheritdoc cref="IPartitionGrain"/>
[Reentrant, RandomPlacement]
internal sealed class PartitionGrain(PartitionWorker worker) : Grain, IPartitionGrain, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private Task<PartitionOutcome>? _running;

    public async Task<PartitionOutcome> Score(PartitionWork work)
    {
        try
        {
            return await (_running ??= worker.Run(work, _cancellation.Token));
        }
        finally
        {
            DeactivateOnIdle();
        }
    }

    public Task Cancel() => _cancellation.CancelAsync();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _cancellation.CancelAsync();

    public void Dispose() => _cancellation.Dispose();
}
