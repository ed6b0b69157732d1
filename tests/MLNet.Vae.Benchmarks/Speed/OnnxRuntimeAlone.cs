using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>An encoder run by ONNX Runtime over rows that lie ready in an array: what no reading of rows can beat.</summary>
internal sealed class OnnxRuntimeAlone : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly int _features, _latent, _blockSize;
    private readonly float[] _mean;

    public OnnxRuntimeAlone(VaeModel model, int blockSize, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        _session = new InferenceSession(model.ToOnnx(VaeGraph.Encoder), options);
        (_features, _latent, _blockSize) = (model.Info.FeatureCount, model.Info.LatentDimension, blockSize);
        _mean = GC.AllocateArray<float>(blockSize * _latent, pinned: true);
    }

    public void Embed(float[] rows)
    {
        var count = rows.Length / _features;
        for (var first = 0; first < count; first += _blockSize)
        {
            var n = Math.Min(_blockSize, count - first);
            using var input = Over(rows.AsMemory(first * _features, n * _features), n, _features);
            using var output = Over(_mean.AsMemory(0, n * _latent), n, _latent);
            _session.Run(_run, ["features"], [input], ["mean"], [output]);
        }
    }

    /// <summary>One row at a time, everything made before.</summary>
    public void EmbedSingly(float[] row, int times)
    {
        using var input = Over(row.AsMemory(0, _features), 1, _features);
        using var output = Over(_mean.AsMemory(0, _latent), 1, _latent);
        string[] inputs = ["features"], outputs = ["mean"];
        OrtValue[] ins = [input], outs = [output];
        for (var i = 0; i < times; i++)
            _session.Run(_run, inputs, ins, outputs, outs);
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private static OrtValue Over(Memory<float> values, int rows, int width)
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [rows, width]);
}
