using Microsoft.ML.Runtime;

namespace MLNet.Vae.Interop;

/// <summary>Which GPU was asked for, by an option or by the <c>MLContext</c>, and whether the CPU may take its place.</summary>
/// <param name="Device">CUDA device; <see langword="null"/>: none, the CPU it is.</param>
/// <param name="MayFallBack">Whether the CPU may do where that device cannot be used.</param>
internal readonly record struct GpuChoice(int? Device, bool MayFallBack)
{
    /// <summary>
    /// The option decides; without one the context does. The context allows the CPU by default, so that counts for its own GPU alone.
    /// </summary>
    public static GpuChoice Of(IHostEnvironment environment, int? device, bool? fallbackToCpu) => new(
        device ?? MLNetInternals.GpuDeviceId(environment),
        fallbackToCpu ?? (device is null && MLNetInternals.FallbackToCpu(environment)));
}
