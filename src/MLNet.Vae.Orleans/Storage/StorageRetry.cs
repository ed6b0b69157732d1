using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace MLNet.Vae.Storage;

/// <summary>Writes to the cluster's storage, and tries again where that fails, as often as the options say.</summary>
internal sealed partial class StorageRetry(
    IOptions<VaeClusterOptions> options,
    [FromKeyedServices(VaeClusterOptions.StorageName)] IGrainStorage storage,
    ILogger<StorageRetry> logger)
{
    private const int MostDoublings = 6;

    /// <summary>Whether what an activation still knows can be written as it ends: the silos' memory takes nothing when they stop.</summary>
    public bool Takes(DeactivationReason ended)
        => ended.ReasonCode != DeactivationReasonCode.ShuttingDown || storage is not MemoryGrainStorage;

    /// <param name="what">What is written, as the log calls it.</param>
    /// <param name="write">Writes it; called in the context of the grain.</param>
    /// <exception cref="IOException">The storage did not take it.</exception>
    /// <exception cref="InconsistentStateException">Another grain of the same name wrote it; this one is over.</exception>
    public async Task Run(string what, Func<Task> write)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write();
                return;
            }
            catch (Exception fault) when (fault is not InconsistentStateException)
            {
                if (attempt >= options.Value.StorageAttempts)
                {
                    throw new IOException(
                        $"The cluster's storage did not take {what} in {attempt} attempts. Look after it; what is known is kept in memory "
                            + $"meanwhile. Reason: {fault.GetBaseException().Message}");
                }
                Failed(fault, what, attempt);
            }
            await Task.Delay(options.Value.StorageRetryDelay * (1 << Math.Min(attempt - 1, MostDoublings)));
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The cluster's storage did not take {What} (attempt {Attempt}).")]
    private partial void Failed(Exception fault, string what, int attempt);
}
