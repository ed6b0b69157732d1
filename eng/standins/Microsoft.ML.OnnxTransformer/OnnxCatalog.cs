using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary>Scores by an ONNX model.</summary>
public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        int? gpuDeviceId = null, bool fallbackToCpu = false)
    {
        var env = (IHostEnvironmentInternal)catalog.GetEnvironment();
        using var copy = new MemoryStream();
        env.CheckParam(modelBytes is not null, "ModelFile", "ModelFile cannot be null or empty");
        modelBytes.CopyTo(copy);
        if (gpuDeviceId is null && env.GpuDeviceId is not null)
            (gpuDeviceId, fallbackToCpu) = (env.GpuDeviceId, env.FallbackToCpu);
        return new OnnxScoringEstimator(env, new OnnxTransformer(env, outputColumnNames, inputColumnNames, copy.ToArray(), gpuDeviceId, fallbackToCpu));
    }
}
