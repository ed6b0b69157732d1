using MLNet.Vae.Data;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Rows of an array, <c>[rows, width]</c>, as a source of training rows.</summary>
internal sealed class ArrayRows(float[] values, RowLayout layout) : IFeatureSource
{
    public RowLayout Layout => layout;

    public IEnumerable<FeatureBlock> Read()
    {
        const int BlockRows = 1024;
        for (var start = 0; start < values.Length; start += BlockRows * layout.Width)
        {
            var length = Math.Min(BlockRows * layout.Width, values.Length - start);
            yield return new(values.AsMemory(start, length), length / layout.Width);
        }
    }

    public Exception TooFewRows(long found) => new InvalidOperationException($"{found} rows");

    public Exception AllRowsEqual(long rows) => new InvalidOperationException($"{rows} equal rows");

    public Exception RowsChanged(long expected, long found) => new InvalidOperationException($"{found} rows after {expected}");
}
