using MLNet.Vae.Data;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Data;

/// <summary>Rows in memory as a source of training rows.</summary>
internal sealed class ArraySource(float[][] rows, RowLayout? layout = null) : IFeatureSource
{
    private const int BlockRows = 100;

    public RowLayout Layout { get; } = layout ?? new(rows[0].Length);

    public IEnumerable<FeatureBlock> Read()
        => rows.Chunk(BlockRows).Select(block => new FeatureBlock(block.SelectMany(row => row).ToArray(), block.Length));

    public Exception TooFewRows(long found) => new InvalidOperationException($"{found} rows");

    public Exception AllRowsEqual(long rows) => new InvalidOperationException($"{rows} equal rows");

    public Exception RowsChanged(long expected, long found) => new InvalidOperationException($"{found} rows after {expected}");
}
