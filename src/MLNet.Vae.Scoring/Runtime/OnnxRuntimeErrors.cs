using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Runtime;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Runtime;

/// <summary>Turns what ONNX Runtime throws where something is not installed into what to do about it.</summary>
internal static class OnnxRuntimeErrors
{
    /// <summary>
    /// Runs <paramref name="action"/>; a missing native library becomes an <see cref="InvalidOperationException"/> that names the
    /// package to add.
    /// </summary>
    public static T Translate<T>(IExceptionContext context, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (MissingLibrary(exception) is not null)
        {
            // The lines that follow list every path that was tried.
            var reason = MissingLibrary(exception)!.Message.Split('\n')[0].TrimEnd();
            throw context.Process(new InvalidOperationException(ScoringMessages.NoNativeLibrary(reason), exception));
        }
    }

    /// <summary>Whether a GPU cannot be used: no CUDA in this build of ONNX Runtime, no driver, no such device.</summary>
    public static bool IsNoGpu(Exception exception)
        => exception is OnnxRuntimeException or EntryPointNotFoundException or NotSupportedException;

    // The bindings' static constructor fails with the reason inside, and so does every later use of them.
    private static Exception? MissingLibrary(Exception? exception) => exception switch
    {
        null => null,
        EntryPointNotFoundException => null,
        DllNotFoundException or BadImageFormatException => exception,
        _ => MissingLibrary(exception.InnerException),
    };
}
