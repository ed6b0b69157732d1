using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Interop;

namespace MLNet.Vae.NativeLibraries;

/// <summary>Turns what ONNX Runtime throws where its native library cannot be used into what to do about it.</summary>
internal static class OnnxRuntimeLibrary
{
    private const string Packages = "Microsoft.ML.OnnxRuntime (CPU) or Microsoft.ML.OnnxRuntime.Gpu (CUDA)";

    /// <exception cref="InvalidOperationException">The library is absent, or the system refuses it; says which, and what to do.</exception>
    public static void Require(ScoringHost host) => Translate(host, OrtEnv.Instance);

    /// <summary>Runs <paramref name="action"/>; a library that cannot be used becomes what <see cref="Require"/> throws.</summary>
    public static T Translate<T>(ScoringHost host, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (NotLoaded(exception) is not null)
        {
            var message = NativeFile.Find("onnxruntime", typeof(OrtEnv).Assembly) is { } path
                ? Refused(path, NativeFile.Refusal(path) ?? NativeFile.LoadersWords(NotLoaded(exception)!.Message))
                : Absent;
            throw host.Process(new InvalidOperationException(message, exception));
        }
    }

    /// <summary>Whether a GPU cannot be used: no CUDA in this build of ONNX Runtime, no driver, no such device.</summary>
    public static bool IsNoGpu(Exception exception)
        => exception is OnnxRuntimeException or EntryPointNotFoundException or NotSupportedException;

    internal static string Absent =>
        $"Scoring and saving need ONNX Runtime's native library, which this application does not have. Add the package {Packages} to the "
        + "project of the application.";

    /// <param name="path">The library's file.</param>
    /// <param name="reason">What the system's loader says.</param>
    internal static string Refused(string path, string reason) =>
        $"Scoring and saving need ONNX Runtime's native library. The application has it, as {path}, and this system refuses to load it: "
        + $"{reason}. "
        + $"Restore the package {Packages} anew, or take a version of it that is made for this system.";

    // The bindings' static constructor fails with the reason inside, and so does every later use of them.
    private static Exception? NotLoaded(Exception? exception) => exception switch
    {
        null => null,
        EntryPointNotFoundException => null,
        DllNotFoundException or BadImageFormatException => exception,
        _ => NotLoaded(exception.InnerException),
    };
}
