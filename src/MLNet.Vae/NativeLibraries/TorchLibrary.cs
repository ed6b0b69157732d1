using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNet.Vae.NativeLibraries;

/// <summary>Loads torch's native library, or says why it cannot be used.</summary>
internal static class TorchLibrary
{
    // Torch itself, of the package that the application adds, and the bindings, which TorchSharp brings.
    private const string Torch = "torch_cpu";
    private const string Bindings = "LibTorchSharp";

    private static readonly Assembly _torchSharp = typeof(torch).Assembly;
    private static volatile bool _isLoaded;

    /// <exception cref="InvalidOperationException">The library is absent, or the system refuses it; says which, and what to do.</exception>
    public static void Require()
    {
        if (_isLoaded)
            return;
        // Asked before TorchSharp is: it calls a library that is refused absent, and copies half a gigabyte on its way there.
        if (!Loads(Torch, Bindings) && Refusal() is var (path, reason))
            throw new InvalidOperationException(TorchMessages.Refused(NativeFile.Platform, _torchSharp.GetName().Version!, path, reason));
        try
        {
            // Looks among restored packages too, as notebooks need.
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception fault)
            when (fault is NotSupportedException or DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new InvalidOperationException(TorchMessages.Absent(NativeFile.Platform, _torchSharp.GetName().Version!), fault);
        }
        _isLoaded = true;
    }

    /// <summary>As TorchSharp does it: the first so that the last finds it.</summary>
    private static bool Loads(params string[] names)
        => names.Select(name => NativeLibrary.TryLoad(name, _torchSharp, null, out _)).ToArray()[^1];

    /// <summary>The file that is refused, and why; <see langword="null"/> where one of the two is absent.</summary>
    private static (string Path, string Reason)? Refusal()
    {
        if (NativeFile.Find(Torch, _torchSharp) is not { } torchFile || NativeFile.Find(Bindings, _torchSharp) is not { } bindings)
            return null;
        foreach (var path in new[] { torchFile, bindings })
        {
            if (NativeFile.Refusal(path) is { } reason)
                return (path, reason);
        }
        return null;
    }
}
