using MLNet.Vae.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Rows of an array, <c>[rows, features]</c>, as a source of training rows.</summary>
internal sealed class ArrayRows(float[] values, int features) : IFeatureSource
{
    public RowLayout Layout { get; } = new(features);

    public IEnumerable<FeatureBlock> Read()
    {
        const int BlockRows = 1024;
        for (var start = 0; start < values.Length; start += BlockRows * features)
        {
            var length = Math.Min(BlockRows * features, values.Length - start);
            yield return new(values.AsMemory(start, length), length / features);
        }
    }

    public Exception TooFewRows(long found) => new InvalidOperationException($"{found} rows");

    public Exception AllRowsEqual(long rows) => new InvalidOperationException($"{rows} equal rows");

    public Exception RowsChanged(long expected, long found) => new InvalidOperationException($"{found} rows after {expected}");
}
