using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans;

/// <summary>Gives a partition From rows of numbers once it is let.</summary>
internal sealed class GatedReader : IVaePartitionReader
{
    private readonly TaskCompletionSource _gate = new();
    private int _waiting;

    public bool ReadsFiles => false;

    /// <summary>Partitions that wait to be let.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Open() => _gate.TrySetResult();

    public IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeModelInfo model, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            _gate.Task.Wait(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        yield return SampleData.Dense(new Random((int)partition.From), (int)partition.From * model.FeatureCount);
    }
}
