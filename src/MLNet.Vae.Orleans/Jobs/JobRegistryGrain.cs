using Microsoft.Extensions.Logging;
using MLNet.Vae.Storage;
using Orleans.Concurrency;

namespace MLNet.Vae.Jobs;

/// <inheritdoc cref="IJobRegistryGrain"/>
[Reentrant]
internal sealed partial class JobRegistryGrain(
    [PersistentState("jobs", PatientStorage.Name)] IPersistentState<JobRegistry> state,
    StorageRetry storage,
    ILogger<JobRegistryGrain> logger)
    : Grain, IJobRegistryGrain
{
    private Task _written = Task.CompletedTask;
    private bool _isKeeping;

    public async Task<string?> Add(string job, string folder)
    {
        // While one is asked others may be added: what is added is so in the moment in which there is nobody left to ask.
        var asked = new HashSet<string> { job };
        while (state.State.Folders.FirstOrDefault(pair => pair.Value == folder && !asked.Contains(pair.Key)).Key is { } other)
        {
            asked.Add(other);
            // It is looked after for a while after it is over.
            if (await GrainFactory.GetGrain<IJobGrain>(other).IsWriting())
                return other;
        }
        var isNew = state.State.Jobs.Add(job);
        if (isNew || state.State.Folders.GetValueOrDefault(job) != folder)
        {
            state.State.Folders[job] = folder;
            await Write();
        }
        return null;
    }

    public async Task Keep()
    {
        if (_isKeeping)
            return;
        _isKeeping = true;
        try
        {
            var isChanged = false;
            foreach (var job in state.State.Jobs.ToArray())
            {
                if (await Keep(job))
                    continue;
                state.State.Folders.Remove(job);
                isChanged |= state.State.Jobs.Remove(job);
            }
            if (isChanged)
                await Write();
        }
        finally
        {
            _isKeeping = false;
        }
    }

    private async Task<bool> Keep(string job)
    {
        try
        {
            return await GrainFactory.GetGrain<IJobGrain>(job).Keep();
        }
        catch (Exception fault)
        {
            // One job out of order keeps no other from going on.
            NotKept(fault, job);
            return true;
        }
    }

    /// <summary>One after the other: storage refuses two at once.</summary>
    private Task Write()
    {
        return _written = After(_written);

        async Task After(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await storage.Run("the list of jobs", () => state.WriteStateAsync());
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Job {Job} could not be looked after; it is tried again.")]
    private partial void NotKept(Exception fault, string job);
}
