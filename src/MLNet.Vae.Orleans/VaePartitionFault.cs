namespace MLNet.Vae;

/// <summary>Why a partition could not be scored.</summary>
/// <param name="Index">Of the partition in the job, from 0.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Message">What was expected, what was found, what to do.</param>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.VaePartitionFault")]
public sealed record VaePartitionFault(int Index, VaePartition Partition, string Message);
