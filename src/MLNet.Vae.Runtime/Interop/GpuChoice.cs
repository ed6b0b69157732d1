namespace MLNet.Vae.Interop;

/// <summary>Which GPU was asked for, by an option or by the program, and whether the CPU may take its place.</summary>
/// <param name="Device">CUDA device; <see langword="null"/>: none, the CPU it is.</param>
/// <param name="MayFallBack">Whether the CPU may do where that device cannot be used.</param>
internal readonly record struct GpuChoice(int? Device, bool MayFallBack)
{
    /// <summary>
    /// The option decides; without one the program does. An <c>MLContext</c> allows the CPU by default, so that counts for its own GPU
    /// alone.
    /// </summary>
    public static GpuChoice Of(ScoringHost host, int? device, bool? fallbackToCpu) => new(
        device ?? host.GpuDeviceId,
        fallbackToCpu ?? (device is null && host.FallbackToCpu));
}
