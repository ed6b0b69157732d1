using System.Diagnostics;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>A folder that is gone after the test, where wanted with a small or read-only disk of its own.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private bool _isMounted;

    public TemporaryFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mlnet-vae-{Guid.NewGuid():N}");

    public string[] Names =>
        [.. Directory.EnumerateFileSystemEntries(Path).Select(e => System.IO.Path.GetFileName(e)).Order(StringComparer.Ordinal)];

    /// <summary>Whether the machine lets the test mount: Linux, and root with the right to.</summary>
    public bool TryMount(string options)
    {
        if (!_isMounted)
            return _isMounted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path);
        return Run("mount", "-o", $"remount,{options}", Path);
    }

    /// <summary>By permissions, or for root, whom they do not bind, by mounting.</summary>
    public bool TryForbidWriting()
    {
        if (OperatingSystem.IsWindows())
            return false;
        if (Environment.IsPrivilegedProcess)
            return TryMount("size=64k") && TryMount("ro");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return true;
    }

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", Path);
        else if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(Path, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
