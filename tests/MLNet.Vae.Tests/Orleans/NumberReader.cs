using System.Collections.Concurrent;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans;

/// <summary>Gives a partition From rows of numbers, and remembers which it was asked for.</summary>
internal sealed class NumberReader : IVaePartitionReader
{
    public bool ReadsFiles => false;

    public ConcurrentQueue<VaePartition> Asked { get; } = [];

    public IEnumerable<ReadOnlyMemory<float>> Read(VaePartition partition, VaeModelInfo model, CancellationToken cancellation)
    {
        Asked.Enqueue(partition);
        yield return SampleData.Dense(new Random((int)partition.From), (int)partition.From * model.FeatureCount);
    }
}
