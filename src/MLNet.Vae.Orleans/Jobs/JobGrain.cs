using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MLNet.Vae.Paths;
using MLNet.Vae.Storage;
using Orleans.Runtime.Placement;
using Orleans.Storage;

namespace MLNet.Vae.Jobs;

/// <inheritdoc cref="IJobGrain"/>
/// <remarks>
/// Calls of clients and the work in the background (<see cref="Drive"/>) take turns, and change places where one of them waits; only the
/// latter writes progress while it goes on.
/// </remarks>
internal sealed partial class JobGrain(
    [PersistentState("job", PatientStorage.Name)] IPersistentState<JobRecord> record,
    [PersistentState("progress", PatientStorage.Name)] IPersistentState<JobProgress> progress,
    JobCheck check,
    SiloSlots silos,
    StorageRetry storage,
    IOptions<VaeClusterOptions> options,
    ILogger<JobGrain> logger)
    : Grain, IJobGrain
{
    // Progress is written as often, as each time it is written whole; what is not yet written when a silo is lost is scored again.
    private static readonly TimeSpan WriteInterval = TimeSpan.FromSeconds(1);

    private Task? _drive;
    private string? _storageFault;
    private int _running;
    private bool _stopped;

    private bool IsUnfinished => record.State.Job is not null && progress.State.State == VaeJobState.Running;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (record.State.Job is { } job && progress.State.Rows.Length != job.Partitions.Count)
            progress.State = JobProgress.Of(job.Partitions.Count);
        if (IsUnfinished)
            progress.State.Takeovers++;
        GoOn();
        return Task.CompletedTask;
    }

    public async Task<VaeJobStatus> Submit(VaeJob job)
    {
        if (record.State.Job is not null && record.State.Content != job.Content())
        {
            throw new ArgumentException(
                $"There is a job \"{this.GetPrimaryKeyString()}\" already, and it asks for something else: expected the same, found "
                    + "another model, other partitions, or other results. Give the job another name.");
        }
        if (record.State.Job is null)
        {
            var identity = await Task.Run(() => check.Check(job));
            record.State = new() { Job = job, Content = job.Content(), ModelIdentity = identity };
            progress.State = JobProgress.Of(job.Partitions.Count);
            try
            {
                await Register(job);
                await storage.Run("a job", () => record.WriteStateAsync());
            }
            catch
            {
                // What is not kept is not begun; it can be submitted again.
                DeactivateOnIdle();
                record.State = new();
                throw;
            }
        }
        GoOn();
        return Status();
    }

    public Task<VaeJobStatus?> GetStatus() => Task.FromResult(record.State.Job is null ? null : Status());

    public async Task<VaeJobStatus?> Resume()
    {
        if (record.State.Job is null)
            return null;
        if (!IsUnfinished)
        {
            await (_drive ?? Task.CompletedTask);
            await Register(record.State.Job);
            progress.State.Faults.Clear();
            progress.State.State = VaeJobState.Running;
        }
        GoOn();
        return Status();
    }

    public async Task<VaeJobStatus?> Cancel()
    {
        if (!IsUnfinished)
            return await GetStatus();
        progress.State.State = VaeJobState.Cancelled;
        if (_drive is { IsCompleted: false })
            await _drive;
        else
            await Write();
        return Status();
    }

    public Task<bool> IsWriting() => Task.FromResult(IsUnfinished || _drive is { IsCompleted: false } || _storageFault is not null);

    public Task<bool> Keep()
    {
        GoOn();
        return IsWriting();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // The next activation drives it, and writes.
        _stopped = true;
        if (record.State.Job is not null && _running > 0 && storage.Takes(reason))
            await Write().WaitAsync(cancellationToken);
    }

    /// <summary>Has the job looked after from now on, unless another writes in its folder: their results have the same names.</summary>
    private async Task Register(VaeJob job)
    {
        var other = await GrainFactory.GetGrain<IJobRegistryGrain>(0).Add(this.GetPrimaryKeyString(), RealPath.Of(job.OutputFolder));
        if (other is not null)
        {
            throw new ArgumentException(
                $"'{job.OutputFolder}': expected a folder that no other job writes in, found job \"{other}\", which is not over. Choose "
                    + "another folder, or wait until that job is over.");
        }
    }

    /// <summary>Drives what is not finished, and is not driven already.</summary>
    private void GoOn()
    {
        if (_drive is { IsCompleted: false } || !(IsUnfinished || _storageFault is not null))
            return;
        _storageFault = null;
        _drive = Drive();
    }

    /// <summary>Gives partitions to silos until none is left, and writes down how far it is.</summary>
    private async Task Drive()
    {
        var (job, state) = (record.State.Job!, progress.State);
        var pending = new Queue<int>(
            Enumerable.Range(0, state.Rows.Length).Where(i => state.Rows[i] < 0 && !state.Faults.ContainsKey(i)));
        var attempts = new Dictionary<int, int>();
        var running = new Dictionary<Task<PartitionOutcome>, PartitionRun>();
        var written = TimeProvider.System.GetTimestamp();
        var isChanged = true;
        silos.Forgive();
        try
        {
            while (!_stopped && _storageFault is null && state.State == VaeJobState.Running && (pending.Count > 0 || running.Count > 0))
            {
                while (pending.Count > 0 && silos.Next(running.Values.Select(run => run.Silo)) is { } silo)
                {
                    var index = pending.Dequeue();
                    attempts[index] = attempts.GetValueOrDefault(index) + 1;
                    running.Add(Begin(job, index, silo), new(index, silo));
                }
                _running = running.Count;
                // Silos come and go.
                await Task.WhenAny([.. running.Keys, Task.Delay(WriteInterval)]);
                foreach (var (task, run) in running.Where(pair => pair.Key.IsCompleted).ToArray())
                {
                    running.Remove(task);
                    isChanged = true;
                    if (await Ended(task, run, attempts[run.Index]))
                        pending.Enqueue(run.Index);
                }
                _running = running.Count;
                if (!_stopped && isChanged && TimeProvider.System.GetElapsedTime(written) > WriteInterval)
                {
                    await Write();
                    (isChanged, written) = (false, TimeProvider.System.GetTimestamp());
                }
            }
            if (_stopped)
                return;
            if (_storageFault is null && state.State == VaeJobState.Running)
                state.State = state.Faults.Count == 0 ? VaeJobState.Done : VaeJobState.DoneWithFailures;
            foreach (var run in running.Values)
                GrainFactory.GetGrain<IPartitionGrain>(KeyOf(run.Index)).Cancel().Ignore();
            _running = 0;
            await Write();
        }
        catch (InconsistentStateException fault)
        {
            // Another activation has it, as the cluster was of two minds for a while.
            Replaced(fault, this.GetPrimaryKeyString());
            DeactivateOnIdle();
        }
    }

    /// <returns>Whether it is to be begun anew.</returns>
    private async Task<bool> Ended(Task<PartitionOutcome> task, PartitionRun run, int attempts)
    {
        var (state, index) = (progress.State, run.Index);
        try
        {
            var outcome = await task;
            silos.Answered(run.Silo);
            // Which it says itself: where it was asked just before, it may still answer for the one that is asked now.
            if (outcome.Unable is { } unable && silos.Refused(unable))
                return true;
            if (outcome.Fault is null)
                state.Rows[index] = outcome.Rows;
            else
                state.Faults[index] = outcome.Fault;
            return false;
        }
        catch (Exception fault)
        {
            silos.Lost(run.Silo);
            Lost(fault, this.GetPrimaryKeyString(), index);
            if (attempts < options.Value.MaximumAttempts)
            {
                state.Restarts++;
                return true;
            }
            state.Faults[index] = $"{record.State.Job!.Partitions[index]}: its silo was lost {attempts} times, with "
                + $"{fault.GetType().Name}: {fault.Message} Look after the silos and take the job up again.";
            return false;
        }
    }

    /// <summary>Activated on a silo of its choice; where that is gone meanwhile, on another.</summary>
    private async Task<PartitionOutcome> Begin(VaeJob job, int index, SiloAddress silo)
    {
        var grain = GrainFactory.GetGrain<IPartitionGrain>(KeyOf(index));
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        return await grain.Score(new()
        {
            Partition = job.Partitions[index],
            ModelPath = job.ModelPath,
            ModelIdentity = record.State.ModelIdentity,
            OutputPath = job.OutputPath(index),
            Reader = job.Reader,
            Outputs = job.Outputs,
            NonFiniteInput = job.NonFiniteInput,
        });
    }

    private string KeyOf(int index) => FormattableString.Invariant($"{this.GetPrimaryKeyString()}/{index}");

    private async Task Write()
    {
        try
        {
            await storage.Run("the progress of a job", () => progress.WriteStateAsync());
        }
        catch (IOException fault)
        {
            _storageFault = fault.Message;
        }
    }

    private VaeJobStatus Status()
    {
        var (job, state) = (record.State.Job!, progress.State);
        return new()
        {
            Id = this.GetPrimaryKeyString(),
            State = _storageFault is not null ? VaeJobState.Suspended
                // It is over once storage has it.
                : _drive is { IsCompleted: false } && state.State != VaeJobState.Cancelled ? VaeJobState.Running
                : state.State,
            Partitions = state.Rows.Length,
            Done = state.Rows.Count(rows => rows >= 0),
            Failed = state.Faults.Count,
            Running = _running,
            Rows = state.Rows.Where(rows => rows >= 0).Sum(),
            Restarts = state.Restarts,
            Takeovers = state.Takeovers,
            Faults =
            [
                .. state.Faults.OrderBy(fault => fault.Key).Take(VaeJobStatus.MostFaults)
                    .Select(fault => new VaePartitionFault(fault.Key, job.Partitions[fault.Key], fault.Value)),
            ],
            Message = _storageFault,
        };
    }

    /// <param name="Index">Of the partition.</param>
    /// <param name="Silo">That it was given to.</param>
    private sealed record PartitionRun(int Index, SiloAddress Silo);

    [LoggerMessage(1, LogLevel.Warning, "The silo of partition {Index} of job {Job} is lost; it is begun anew.")]
    private partial void Lost(Exception fault, string job, int index);

    [LoggerMessage(2, LogLevel.Warning, "Job {Job} goes on elsewhere.")]
    private partial void Replaced(Exception fault, string job);
}
