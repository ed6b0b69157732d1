using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>A graph run by ONNX Runtime over rows that lie ready in an array: what no reading of rows can beat.</summary>
internal sealed class OnnxRuntimeAlone : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _output;
    private readonly int _features, _width, _blockSize;
    private readonly float[] _values;

    private OnnxRuntimeAlone(byte[] graph, int features, (string Name, int Width) output, int blockSize, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        _session = new InferenceSession(graph, options);
        (_features, _output, _width, _blockSize) = (features, [output.Name], output.Width, blockSize);
        _values = GC.AllocateArray<float>(blockSize * _width, pinned: true);
    }

    /// <summary>The encoder, which gives posterior means.</summary>
    public static OnnxRuntimeAlone Encoder(VaeModel model, int blockSize, int threads) => new(
        model.ToOnnx(VaeGraph.Encoder), model.Info.FeatureCount, ("mean", model.Info.LatentDimension), blockSize, threads);

    /// <summary>The scorer, asked for the score alone.</summary>
    public static OnnxRuntimeAlone Scorer(VaeModel model, int blockSize, int threads)
        => new(model.ToOnnx(VaeGraph.Scorer), model.Info.FeatureCount, ("score", 1), blockSize, threads);

    public void Run(float[] rows)
    {
        var count = rows.Length / _features;
        for (var first = 0; first < count; first += _blockSize)
        {
            var n = Math.Min(_blockSize, count - first);
            using var input = Over(rows.AsMemory(first * _features, n * _features), n, _features);
            using var output = Over(_values.AsMemory(0, n * _width), n, _width);
            _session.Run(_run, ["features"], [input], _output, [output]);
        }
    }

    /// <summary>One row at a time, everything made before.</summary>
    public void RunSingly(float[] row, int times)
    {
        using var input = Over(row.AsMemory(0, _features), 1, _features);
        using var output = Over(_values.AsMemory(0, _width), 1, _width);
        string[] inputs = ["features"], outputs = _output;
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
