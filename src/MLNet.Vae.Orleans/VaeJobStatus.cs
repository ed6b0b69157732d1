namespace MLNet.Vae;

/// <summary>How far a job is, and what went wrong.</summary>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.VaeJobStatus")]
public sealed record VaeJobStatus
{
    /// <summary>What the job is called.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>How far it is.</summary>
    [Id(1)]
    public required VaeJobState State { get; init; }

    /// <summary>Partitions of the job.</summary>
    [Id(2)]
    public required int Partitions { get; init; }

    /// <summary>Partitions that are scored.</summary>
    [Id(3)]
    public required int Done { get; init; }

    /// <summary>Partitions that could not be scored.</summary>
    [Id(4)]
    public required int Failed { get; init; }

    /// <summary>Partitions that silos are at.</summary>
    [Id(5)]
    public required int Running { get; init; }

    /// <summary>Rows of the partitions that are scored.</summary>
    [Id(6)]
    public required long Rows { get; init; }

    /// <summary>How often a partition was begun anew as its silo was lost.</summary>
    [Id(7)]
    public required int Restarts { get; init; }

    /// <summary>Why partitions failed, the first <see cref="MostFaults"/> of them.</summary>
    [Id(8)]
    public required IReadOnlyList<VaePartitionFault> Faults { get; init; }

    /// <summary>Why it is suspended; <see langword="null"/>: it is not.</summary>
    [Id(9)]
    public string? Message { get; init; }

    /// <summary>How often another silo took up the job itself, as the one that drove it was lost or stopped.</summary>
    [Id(10)]
    public required int Takeovers { get; init; }

    /// <summary>Faults that a status names.</summary>
    public const int MostFaults = 100;

    /// <summary>Whether nothing goes on any more.</summary>
    public bool IsOver => State is VaeJobState.Done or VaeJobState.DoneWithFailures or VaeJobState.Cancelled;
}
