namespace MLNet.Vae;

/// <summary>What is known of a key.</summary>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.VaeFleetStatus")]
public sealed record VaeFleetStatus
{
    /// <summary>Readings that it has seen.</summary>
    [Id(0)]
    public required long Readings { get; init; }

    /// <summary>Of these, how many are kept to train on.</summary>
    [Id(1)]
    public required int Kept { get; init; }

    /// <summary>The how many-th model of the key scores; 0: there is none.</summary>
    [Id(2)]
    public required int ModelVersion { get; init; }

    /// <summary>Readings that it had seen when that was trained.</summary>
    [Id(3)]
    public required long TrainedAt { get; init; }

    /// <summary>Whether the next is being trained, or waits for it.</summary>
    [Id(4)]
    public required bool IsTraining { get; init; }

    /// <summary>Why the last training failed, or storage did not take what it should; <see langword="null"/>: nothing did.</summary>
    [Id(5)]
    public string? Fault { get; init; }
}
