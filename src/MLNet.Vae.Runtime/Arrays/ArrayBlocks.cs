using System.Collections.Concurrent;
using System.Numerics;
using MLNet.Vae.Columns;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Arrays;

/// <summary>
/// Scores rows that a caller has in memory, block by block, in buffers that are kept for the next call: as many as calls were made at once.
/// Thread-safe.
/// </summary>
/// <param name="context">Runs the model.</param>
/// <param name="info">Its sizes.</param>
/// <param name="wanted">What is wanted of a row, in one run.</param>
internal sealed class ArrayBlocks(ScoringContext context, VaeModelInfo info, params ModelOutput[] wanted) : IDisposable
{
    private readonly ScorerOutput[] _outputs = [.. wanted.Select(output => new ScorerOutput(output, info))];
    private readonly ConcurrentDictionary<int, ConcurrentBag<ArrayBlock>> _idle = [];
    private volatile bool _disposed;

    /// <summary>Values of a row of an output.</summary>
    public int Width(int output) => _outputs[output].Width;

    /// <summary>Rows of a run where there are enough.</summary>
    public int BlockSize => context.BlockSize(_outputs, null);

    /// <param name="count">Rows.</param>
    /// <param name="rows"><c>[count, features]</c>.</param>
    /// <param name="condition"><c>[count, condition]</c>, or <c>[condition]</c> of all rows; empty without one.</param>
    /// <param name="first">Takes the first output, <c>[count, width]</c>.</param>
    /// <param name="second">Takes the second; empty where there is none.</param>
    /// <param name="cancellation">Looked at before each block.</param>
    public void Run(
        int count, ReadOnlySpan<float> rows, ReadOnlySpan<float> condition, Span<float> first, Span<float> second,
        CancellationToken cancellation = default)
    {
        if (count == 0)
            return;
        var block = Take(count);
        try
        {
            uint warned = 0;
            for (var start = 0; start < count; start += block.Capacity)
            {
                cancellation.ThrowIfCancellationRequested();
                var size = Math.Min(block.Capacity, count - start);
                block.Run(
                    ref warned, start, Slice(rows, start, size, info.FeatureCount),
                    condition.Length == info.ConditionCount ? condition : Slice(condition, start, size, info.ConditionCount));
                block.Output(0, size).CopyTo(first[(start * Width(0))..]);
                if (_outputs.Length > 1)
                    block.Output(1, size).CopyTo(second[(start * Width(1))..]);
            }
        }
        catch
        {
            block.Dispose();
            throw;
        }
        Return(block);
    }

    /// <summary>Blocks that are in use go when they come back.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var blocks in _idle.Values)
        {
            while (blocks.TryTake(out var block))
                block.Dispose();
        }
    }

    private static ReadOnlySpan<float> Slice(ReadOnlySpan<float> rows, int start, int count, int width)
        => rows.Slice(start * width, count * width);

    private ArrayBlock Take(int count)
    {
        var full = BlockSize;
        var capacity = count < full ? (int)Math.Min((uint)full, BitOperations.RoundUpToPowerOf2((uint)count)) : full;
        return _idle.TryGetValue(capacity, out var blocks) && blocks.TryTake(out var block)
            ? block
            : new(context, info, _outputs, capacity);
    }

    private void Return(ArrayBlock block)
    {
        _idle.GetOrAdd(block.Capacity, _ => []).Add(block);
        if (_disposed)
            Dispose();
    }
}
