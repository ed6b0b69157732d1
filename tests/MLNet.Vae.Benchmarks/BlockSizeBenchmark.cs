using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Benchmarks;

/// <summary>
/// Embeds 100,000 rows, 30-64-8, one thread: through a transformer's cursor, and by ONNX Runtime alone over the same array in the same
/// blocks. What <see cref="VaeScoringOptions.DefaultBlockSize"/> is chosen by.
/// </summary>
public class BlockSizeBenchmark : IDisposable
{
    private const int Features = 30, Hidden = 64, Latent = 8, Rows = 100_000;

    private readonly float[] _rows = SampleNetwork.Values(Rows * Features, seed: 1);
    private VaeTransformer _transformer = null!;
    private IDataView _embedded = null!;
    private InferenceSession _session = null!;
    private RunOptions _run = null!;
    private float[] _mean = [];

    [Params(64, 256, 1024, 4096)]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Open()
    {
        var mlContext = new MLContext();
        var model = SampleNetwork.Model(Features, Hidden, Latent);
        _transformer = new VaeTransformer(mlContext, model, new() { BlockSize = BlockSize, Threads = 1 });
        _embedded = _transformer.Transform(new ArrayView(_rows, Features));
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(model.ToOnnx(VaeGraph.Encoder), options);
        _run = new RunOptions();
        _mean = GC.AllocateArray<float>(BlockSize * Latent, pinned: true);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _transformer?.Dispose();
        _session?.Dispose();
        _run?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public float OnnxRuntimeAlone()
    {
        var sum = 0f;
        for (var first = 0; first < Rows; first += BlockSize)
        {
            var count = Math.Min(BlockSize, Rows - first);
            using var input = Over(_rows.AsMemory(first * Features, count * Features), count, Features);
            using var output = Over(_mean.AsMemory(0, count * Latent), count, Latent);
            _session.Run(_run, ["features"], [input], ["mean"], [output]);
            sum += _mean[0];
        }
        return sum;
    }

    [Benchmark]
    public float Cursor()
    {
        var sum = 0f;
        var column = _embedded.Schema["Embedding"];
        using var cursor = _embedded.GetRowCursor([column]);
        var getter = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> embedding = default;
        while (cursor.MoveNext())
        {
            getter(ref embedding);
            sum += embedding.GetValues()[0];
        }
        return sum;
    }

    private static OrtValue Over(Memory<float> values, int rows, int width)
        => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, [rows, width]);
}
