namespace MLNet.Vae.Tests.Training;

/// <summary>Keeps every report, on the thread that makes it; <paramref name="after"/> is then told of it.</summary>
internal sealed class EpochRecorder(Action<VaeTrainingProgress>? after = null) : IProgress<VaeTrainingProgress>
{
    private readonly List<VaeTrainingProgress> _reports = [];

    public IReadOnlyList<VaeTrainingProgress> Reports => _reports;

    public void Report(VaeTrainingProgress value)
    {
        _reports.Add(value);
        after?.Invoke(value);
    }
}
