namespace MLNet.Vae.Jobs;

/// <summary>What a silo needs to score a partition.</summary>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.PartitionWork")]
internal sealed record PartitionWork
{
    [Id(0)]
    public required VaePartition Partition { get; init; }

    [Id(1)]
    public required string ModelPath { get; init; }

    [Id(2)]
    public required string ModelIdentity { get; init; }

    [Id(3)]
    public required string OutputPath { get; init; }

    [Id(4)]
    public required string Reader { get; init; }

    [Id(5)]
    public required VaeJobOutputs Outputs { get; init; }

    [Id(6)]
    public required NonFiniteHandling NonFiniteInput { get; init; }
}
