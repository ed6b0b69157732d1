using System.Reflection;
using MLNet.Vae.NativeLibraries;
using MLNet.Vae.Tests.Kit;
using TorchSharp;

namespace MLNet.Vae.Tests.NativeLibraries;

/// <summary>A copy of the program that brings no native library of torch or ONNX Runtime, and what a test puts beside it.</summary>
internal sealed class NoNativeProgram : IDisposable
{
    private const string Key = "NoNativeProgram";

    private readonly TemporaryDirectory _directory = new();

    public NoNativeProgram()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(ProgramRun.Find(Key))!))
            File.Copy(file, _directory.File(Path.GetFileName(file)));
    }

    public static Version TorchSharp => typeof(torch).Assembly.GetName().Version!;

    /// <summary>This process's native libraries of torch, all of them.</summary>
    public NoNativeProgram WithTorch() => With(Natives().Where(file => !IsOnnxRuntime(file)));

    /// <summary>This process's native library of ONNX Runtime.</summary>
    public NoNativeProgram WithOnnxRuntime() => With(Natives().Where(IsOnnxRuntime));

    /// <summary>Changes a native library that is there, or is not.</summary>
    /// <param name="name">As <see cref="NativeFile.Find"/> takes it.</param>
    /// <param name="change">From its bytes to others.</param>
    /// <returns>Its path.</returns>
    public string Change(string name, Func<byte[], byte[]> change)
    {
        var original = NativeFile.Find(name, Assembly.GetExecutingAssembly())!;
        var path = _directory.File(Path.GetFileName(original));
        File.Delete(path);
        File.WriteAllBytes(path, change(File.ReadAllBytes(original)));
        return path;
    }

    /// <returns>How many rows were read, and what came of the fit.</returns>
    public async Task<(string Read, string Outcome)> Run()
    {
        // TorchSharp would copy what it finds among restored packages.
        var environment = new Dictionary<string, string> { ["NUGET_PACKAGES"] = _directory.File("no-packages") };
        var run = await ProgramRun.At(_directory.File(Path.GetFileName(ProgramRun.Find(Key))), environment);
        Assert.True(run.ExitCode == 0, run.Error);
        // What TorchSharp itself says comes before.
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var read, var outcome]
            ? (read, outcome)
            : throw new InvalidDataException(run.Output);
    }

    public void Dispose() => _directory.Dispose();

    private static IEnumerable<string> Natives()
    {
        var folder = Path.GetDirectoryName(NativeFile.Find("torch_cpu", Assembly.GetExecutingAssembly()))!;
        return Directory.GetFiles(folder).Where(file => OperatingSystem.IsWindows()
            ? file.EndsWith(".dll", StringComparison.Ordinal)
            : file.Contains(".so", StringComparison.Ordinal) || file.EndsWith(".dylib", StringComparison.Ordinal));
    }

    private static bool IsOnnxRuntime(string file) => Path.GetFileName(file).Contains("onnxruntime", StringComparison.Ordinal);

    private NoNativeProgram With(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            var copy = _directory.File(Path.GetFileName(file));
            if (File.Exists(copy))
                continue;
            // Half a gigabyte; links are not for everybody on Windows.
            if (OperatingSystem.IsWindows())
                File.Copy(file, copy);
            else
                File.CreateSymbolicLink(copy, file);
        }
        return this;
    }
}
