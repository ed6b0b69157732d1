namespace MLNet.Vae.Jobs;

/// <param name="Rows">That were scored and written.</param>
/// <param name="Fault">Why the partition cannot be scored, on whatever silo; <see langword="null"/>: it is.</param>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.PartitionOutcome")]
internal sealed record PartitionOutcome(long Rows, string? Fault);
