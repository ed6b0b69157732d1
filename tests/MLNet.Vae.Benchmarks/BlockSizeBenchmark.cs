using BenchmarkDotNet.Attributes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Benchmarks.Speed;

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
    private OnnxRuntimeAlone _alone = null!;

    [Params(64, 256, 1024, 4096)]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Open()
    {
        var mlContext = new MLContext();
        var model = SampleNetwork.Model(Features, Hidden, Latent);
        _transformer = new VaeTransformer(mlContext, model, new() { BlockSize = BlockSize, Threads = 1 });
        _embedded = _transformer.Transform(new ArrayView(_rows, Features));
        _alone = OnnxRuntimeAlone.Encoder(model, BlockSize, threads: 1);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _transformer?.Dispose();
        _alone?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void OnnxRuntime() => _alone.Run(_rows);

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
}
