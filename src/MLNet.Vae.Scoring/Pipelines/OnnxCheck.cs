using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Pipelines;

/// <summary>Whether ONNX Runtime opens a graph: ML.NET's converter writes some that it does not.</summary>
internal static class OnnxCheck
{
    /// <returns>What is wrong; <see langword="null"/>: nothing.</returns>
    public static string? Fault(byte[] onnx)
    {
        try
        {
            using var options = new SessionOptions { GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL };
            using var session = new InferenceSession(onnx, options);
            return null;
        }
        catch (OnnxRuntimeException exception)
        {
            return $"ONNX Runtime does not open what ML.NET's converter writes of it: {exception.Message}";
        }
    }
}
