using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans.Fleets;

/// <summary>Gives a model of weights that follow from the first number that it is given, once it is let.</summary>
internal sealed class SampleTrainer : IVaeFleetTrainer
{
    private int _running, _most, _count;

    /// <summary>Trainings at the same time, at most.</summary>
    public int Most => _most;

    /// <summary>Trainings.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>What it fails with.</summary>
    public volatile string? Fault;

    public TaskCompletionSource Gate { get; set; } = Opened();

    public VaeFleetReadings? Last { get; private set; }

    public static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    public async Task<VaeModel> Train(VaeFleetReadings readings, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _count);
        var running = Interlocked.Increment(ref _running);
        lock (this)
            _most = Math.Max(_most, running);
        try
        {
            Last = readings;
            await Gate.Task.WaitAsync(cancellation);
            return Fault is { } fault
                ? throw new InvalidOperationException(fault)
                : Model(readings.Rows.Span[0], readings.FeatureCount);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public static VaeModel Model(float seed, int features = SampleModels.Features)
        => SampleModels.Create(SampleModels.DetectionColumns, features, seed: (int)seed);
}
