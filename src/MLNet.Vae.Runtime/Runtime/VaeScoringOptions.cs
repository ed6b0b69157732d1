using MLNet.Vae.Messages;

namespace MLNet.Vae;

/// <summary>How rows are scored. Changes speed and strictness, never a value.</summary>
public sealed record VaeScoringOptions
{
    /// <summary>Rows scored in one run of ONNX Runtime when none is given.</summary>
    internal const int DefaultBlockSize = 1024;

    /// <summary>Largest block allowed.</summary>
    internal const int MaximumBlockSize = 1 << 20;

    /// <summary>
    /// Rows read ahead and scored in one run, 1 to 1,048,576. Fewer are taken where the features and outputs of a block would need more
    /// than 64 MiB.
    /// </summary>
    /// <value>Default: 1024.</value>
    public int BlockSize { get; init; } = DefaultBlockSize;

    /// <summary>What happens to a row that holds NaN or infinity, or is scored and holds values that the likelihood cannot have.</summary>
    /// <value>Default: <see cref="NonFiniteHandling.Throw"/>.</value>
    public NonFiniteHandling NonFiniteInput { get; init; } = NonFiniteHandling.Throw;

    /// <summary>
    /// Threads of ONNX Runtime inside one run, the caller's among them, from 1; <see langword="null"/>: its own default, one per core. They
    /// sleep while they have nothing to do, and do not spin.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>
    /// CUDA device that scores; <see langword="null"/>: the one of <c>MLContext.GpuDeviceId</c>, or the CPU where that is not set.
    /// </summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>
    /// Whether the CPU may score where the GPU asked for cannot be used; the log says so. <see langword="null"/>: not where
    /// <see cref="GpuDeviceId"/> names the GPU, as <c>MLContext.FallbackToCpu</c> where the context does.
    /// </summary>
    public bool? FallbackToCpu { get; init; }

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (BlockSize is < 1 or > MaximumBlockSize)
        {
            yield return ScoringMessages.OutOfRange(nameof(BlockSize), $"from 1 to {MaximumBlockSize}", BlockSize);
        }

        if (!Enum.IsDefined(NonFiniteInput))
        {
            var choices = string.Join(", ", Enum.GetNames<NonFiniteHandling>());
            yield return ScoringMessages.OutOfRange(nameof(NonFiniteInput), $"one of {choices}", NonFiniteInput);
        }

        if (Threads < 1)
        {
            yield return ScoringMessages.OutOfRange(nameof(Threads), "at least 1, or null", Threads);
        }

        if (GpuDeviceId < 0)
        {
            yield return ScoringMessages.OutOfRange(nameof(GpuDeviceId), "at least 0, or null", GpuDeviceId);
        }
    }
}
