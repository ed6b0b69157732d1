namespace MLNet.Vae.Jobs;

/// <param name="Rows">That were scored and written.</param>
/// <param name="Fault">Why the partition cannot be scored; <see langword="null"/>: it is.</param>
/// <param name="Unable">The silo, where it is that which cannot, having no such reader or not reading the model: another may.</param>
[GenerateSerializer, Immutable, Alias("MLNet.Vae.PartitionOutcome")]
internal sealed record PartitionOutcome(long Rows, string? Fault, SiloAddress? Unable = null);
