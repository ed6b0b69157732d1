using MLNet.Vae.Jobs;
using MLNet.Vae.Storage;

namespace MLNet.Vae;

/// <summary>Submits jobs to the silos of a cluster and tells how far they are. Thread-safe.</summary>
/// <param name="grains">An <c>IClusterClient</c>, or what a silo's own services have.</param>
public sealed class VaeJobClient(IGrainFactory grains)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    // A silo is lost and the cluster finds out: until then calls to it fail.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Submits a job. The same one again, by its name or by what it asks for, is the job that was submitted first.</summary>
    /// <param name="job">The job.</param>
    /// <returns>How far it is; <see cref="VaeJobStatus.Id"/> is its name.</returns>
    /// <exception cref="ArgumentException">
    /// It cannot be scored like this: all faults in one message; or there is another job of its name, or one that is not over and writes in
    /// the same folder.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such model.</exception>
    /// <exception cref="InvalidDataException">The model is damaged, foreign, or of a newer format.</exception>
    /// <exception cref="IOException">The cluster's storage does not take it, or the model cannot be read.</exception>
    public Task<VaeJobStatus> Submit(VaeJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(job.Partitions);
        return Grain(string.IsNullOrWhiteSpace(job.Id) ? job.Content() : job.Id).Submit(job);
    }

    /// <summary>How far a job is.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<VaeJobStatus> GetStatus(string id) => await Grain(id).GetStatus() ?? throw Unknown(id);

    /// <summary>Takes up again a job that is done with failures, cancelled or suspended: what is scored stays.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="ArgumentException">Another job, which is not over, writes in the same folder.</exception>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<VaeJobStatus> Resume(string id) => await Grain(id).Resume() ?? throw Unknown(id);

    /// <summary>Ends a job. What is scored stays.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<VaeJobStatus> Cancel(string id) => await Grain(id).Cancel() ?? throw Unknown(id);

    /// <summary>Waits until a job is over, or suspended. The loss of a silo is waited out.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="progress">Is told how far it is, five times a second at most.</param>
    /// <param name="cancellation">Ends the waiting, not the job.</param>
    /// <exception cref="KeyNotFoundException">There is no such job.</exception>
    public async Task<VaeJobStatus> Wait(
        string id, IProgress<VaeJobStatus>? progress = null, CancellationToken cancellation = default)
    {
        var heard = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var status = await GetStatus(id).WaitAsync(cancellation);
                heard = TimeProvider.System.GetTimestamp();
                progress?.Report(status);
                if (status.IsOver || status.State == VaeJobState.Suspended)
                    return status;
            }
            catch (Exception fault) when (
                fault is OrleansException or TimeoutException && TimeProvider.System.GetElapsedTime(heard) < Patience)
            {
            }
            await Task.Delay(PollInterval, cancellation);
        }
    }

    private IJobGrain Grain(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return grains.GetGrain<IJobGrain>(StoredKey.Check(id, "the name of a job"));
    }

    private static KeyNotFoundException Unknown(string id)
        => new($"\"{id}\": expected the name of a job that was submitted, found none of that name. Submit it first.");
}
