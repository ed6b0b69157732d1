using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

/// <summary>Scores by an ONNX model.</summary>
public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string modelFile, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Apply(catalog, [], [], Read(catalog, modelFile), gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, Stream modelBytes, int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Apply(catalog, [], [], Read(catalog, modelBytes), gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, string modelFile,
        int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Apply(catalog, [outputColumnName], [inputColumnName], Read(catalog, modelFile), gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string outputColumnName, string inputColumnName, Stream modelBytes,
        int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Apply(catalog, [outputColumnName], [inputColumnName], Read(catalog, modelBytes), gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Apply(catalog, outputColumnNames, inputColumnNames, Read(catalog, modelFile), gpuDeviceId, fallbackToCpu);

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, Stream modelBytes,
        int? gpuDeviceId = null, bool fallbackToCpu = false)
        => Apply(catalog, outputColumnNames, inputColumnNames, Read(catalog, modelBytes), gpuDeviceId, fallbackToCpu);

    private static byte[] Read(TransformsCatalog catalog, string modelFile)
    {
        var env = catalog.GetEnvironment();
        env.CheckNonEmpty(modelFile, "ModelFile");
        return File.Exists(modelFile) ? File.ReadAllBytes(modelFile) : throw env.Process(new IOException($"Model file {modelFile} does not exists."));
    }

    private static byte[] Read(TransformsCatalog catalog, Stream modelBytes)
    {
        if (modelBytes is null)
            return Read(catalog, (string)null);
        using var copy = new MemoryStream();
        modelBytes.CopyTo(copy);
        return copy.ToArray();
    }

    private static OnnxScoringEstimator Apply(TransformsCatalog catalog, string[] outputs, string[] inputs, byte[] model, int? gpuDeviceId, bool fallbackToCpu)
    {
        var env = (IHostEnvironmentInternal)catalog.GetEnvironment();
        return gpuDeviceId is null && env.GpuDeviceId is not null
            ? new OnnxScoringEstimator(env, new OnnxTransformer(env, outputs, inputs, model, env.GpuDeviceId, env.FallbackToCpu))
            : new OnnxScoringEstimator(env, new OnnxTransformer(env, outputs, inputs, model, gpuDeviceId, fallbackToCpu));
    }
}
