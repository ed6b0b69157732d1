using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace MLNet.Vae.NativeLibraries;

/// <summary>Finds a native library's file where .NET looks for it, and hears what the system's loader says of it.</summary>
internal static class NativeFile
{
    /// <summary>This process in the names of NuGet's packages, such as linux-x64: the system's, and the process's processor.</summary>
    public static string Platform
    {
        get
        {
            var system =
                OperatingSystem.IsWindows() ? "win"
                : OperatingSystem.IsMacOS() ? "osx"
                : OperatingSystem.IsLinux() ? "linux"
                : "unknown";
            return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    /// <param name="name">Without what systems put around it: <c>torch_cpu</c>.</param>
    /// <param name="user">The assembly that calls it.</param>
    /// <returns>Its path, <see langword="null"/> where the application has none.</returns>
    [UnconditionalSuppressMessage(
        "SingleFile", "IL3000", Justification = "An assembly without a file of its own has an empty location, which is left out.")]
    public static string? Find(string name, Assembly user)
    {
        var file = OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
        // What the host read in the application's .deps.json; not set where there is no host.
        var searched = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        string[] folders = [.. searched.Split(Path.PathSeparator), AppContext.BaseDirectory, Path.GetDirectoryName(user.Location) ?? ""];
        return folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    /// <summary>What the system's loader says against a file, in a line; <see langword="null"/> where it loads.</summary>
    public static string? Refusal(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException)
        {
            return LoadersWords(fault.Message);
        }
    }

    /// <summary>.NET's own sentence comes first, and the loader's in the lines that follow; on Windows there is only the one.</summary>
    internal static string LoadersWords(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Join("; ", lines.Length > 1 ? lines[1..] : lines).TrimEnd('.');
    }
}
