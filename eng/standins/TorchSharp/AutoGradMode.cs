namespace TorchSharp;

/// <summary>Sets autograd's recording on this thread until disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly byte _previous = Native.shim_grad_enabled();
    public AutoGradMode(bool enabled) => Native.shim_set_grad_enabled(enabled ? (byte)1 : (byte)0);
    public void Dispose() => Native.shim_set_grad_enabled(_previous);
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);
}
