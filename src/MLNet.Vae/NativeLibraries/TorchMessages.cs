namespace MLNet.Vae.NativeLibraries;

/// <summary>What to do where torch's native library cannot be used.</summary>
internal static class TorchMessages
{
    private const string Need = "Training needs torch's native library";

    // Its libraries ask for what libtorch's of the same version do not have: https://github.com/dotnet/TorchSharp/issues/1567.
    private static readonly Version _brokenOnWindows = new(0, 107, 0);
    private static readonly Version _worksOnWindows = new(0, 106, 0);

    /// <param name="platform">The process's, such as linux-x64.</param>
    /// <param name="torchSharp">The version of TorchSharp that is loaded.</param>
    public static string Absent(string platform, Version torchSharp) =>
        $"{Need}, which this application does not have. Add the package TorchSharp-cpu "
        + $"{(IsBroken(platform, torchSharp) ? _worksOnWindows : torchSharp.ToString(3))} "
        + "to the project of the application (or TorchSharp-cuda-linux / TorchSharp-cuda-windows for a GPU). "
        + $"TorchSharp-cpu has it for linux-x64, osx-arm64 and win-x64; this process is {platform}.";

    /// <param name="platform">The process's, such as linux-x64.</param>
    /// <param name="torchSharp">The version of TorchSharp that is loaded.</param>
    /// <param name="path">The library's file.</param>
    /// <param name="reason">What the system's loader says.</param>
    public static string Refused(string platform, Version torchSharp, string path, string reason) =>
        $"{Need}. The application has it, as {path}, and this system refuses to load it: {reason}. {Advice(platform, torchSharp, reason)}";

    private static string Advice(string platform, Version torchSharp, string reason)
    {
        if (IsBroken(platform, torchSharp))
        {
            return $"No Windows loads that of TorchSharp {torchSharp.ToString(3)} (https://github.com/dotnet/TorchSharp/issues/1567): "
                + $"take TorchSharp-cpu {_worksOnWindows} in the project of the application.";
        }
        if (platform.StartsWith("linux-", StringComparison.Ordinal) && (Names("GLIBCXX_") || Names("CXXABI_")))
        {
            return "TorchSharp 0.107.0 needs the libstdc++ of GCC 13 or newer: Ubuntu 24.04, Debian 13 or newer, or a .NET 10 container "
                + "image.";
        }
        return $"Restore the package TorchSharp-cpu {torchSharp.ToString(3)} anew; it has it for linux-x64, osx-arm64 and win-x64, and "
            + $"this process is {platform}.";

        bool Names(string version) => reason.Contains(version, StringComparison.Ordinal);
    }

    private static bool IsBroken(string platform, Version torchSharp)
        => platform.StartsWith("win-", StringComparison.Ordinal) && torchSharp.ToString(3) == _brokenOnWindows.ToString();
}
