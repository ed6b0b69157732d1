using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>
/// The last rows of a set that is too large for memory, in a ring: how many of them are held out is known once all have come.
/// </summary>
/// <param name="features">Values of a row.</param>
/// <param name="fraction">Share of the rows that is to be held out.</param>
/// <param name="gap">Rows before them that do not train either.</param>
/// <param name="capacity">Rows held out at most.</param>
internal sealed class LastRows(int features, double fraction, int gap, int capacity) : IHeldOutRows
{
    private readonly Tensor _ring = empty(fraction > 0 ? capacity : 0, features);
    private long _seen;

    public RowSplit Split => RowSplit.Last(fraction, _seen, capacity, gap);

    public IReadOnlyList<long> Numbers => [.. Range(Split.LastFrom, _seen)];

    public void Add(ReadOnlySpan<float> rows)
    {
        var count = rows.Length / features;
        var kept = Math.Min(count, _ring.size(0));
        _seen += count - kept;
        rows = rows[^(int)(kept * features)..];
        while (rows.Length > 0)
        {
            var place = _seen % _ring.size(0);
            var next = Math.Min(rows.Length / features, _ring.size(0) - place);
            using var free = _ring.narrow(0, place, next);
            rows[..(int)(next * features)].CopyTo(free.Values());
            rows = rows[(int)(next * features)..];
            _seen += next;
        }
    }

    public void Complete()
    {
    }

    public Tensor ToTensor(Device device)
    {
        using var scope = NewDisposeScope();
        long[] places = [.. Range(Split.LastFrom, _seen).Select(row => row % _ring.size(0))];
        return _ring.index_select(0, tensor(places)).to(device).MoveToOuterDisposeScope();
    }

    public void Dispose() => _ring.Dispose();

    private static IEnumerable<long> Range(long from, long end)
    {
        for (var row = from; row < end; row++)
            yield return row;
    }
}
