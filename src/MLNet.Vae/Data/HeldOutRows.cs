using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>
/// Collects the held-out rows of a set that is too large for memory, thinning them out when they grow too many themselves. They lie where
/// they are to stay, in native memory, of which only what is written to is taken.
/// </summary>
/// <param name="features">Values of a row.</param>
/// <param name="fraction">Share of the rows that is to be held out.</param>
/// <param name="seed">Draws them.</param>
/// <param name="capacity">Rows held out at most.</param>
/// <param name="categories">Places of the category that begins a row; 0: a row has none.</param>
internal sealed class HeldOutRows(int features, double fraction, int seed, int capacity, int categories = 0) : IHeldOutRows
{
    // Values moved at a time when rows are thinned out: 4 MiB.
    private const int ChunkValues = 1 << 20;

    private readonly float[] _lowestRow = new float[features];
    private readonly List<long> _positions = [];
    private readonly FirstOfCategory? _first = categories > 0 ? new(categories) : null;
    private readonly HashSet<long> _firsts = [];

    // One more than may stay: the one that makes them too many.
    private readonly Tensor _rows = empty(fraction > 0 ? capacity + 1L : 0, features);
    private (long Position, double Draw) _lowest = (0, double.PositiveInfinity);
    private (long Position, double Draw) _highest = (0, double.NegativeInfinity);
    private long _seen;
    private RowSplit? _split;

    public RowSplit Split => _split ??= new(fraction, seed) { Firsts = categories > 0 ? _firsts : null };

    public void Add(ReadOnlySpan<float> rows)
    {
        var before = _positions.Count;
        using var window = _rows.narrow(0, before, Math.Min(rows.Length / features, _rows.size(0) - before));
        var free = window.Values();
        for (var start = 0; start < rows.Length; start += features)
        {
            var position = _seen++;
            var row = rows.Slice(start, features);
            if (_first?.Take(row[..categories]) == true)
            {
                _firsts.Add(position);
                continue;
            }
            var draw = Split.Draw(position);
            Rank(position, draw, row);
            if (!Split.HoldsOut(position, draw))
                continue;
            row.CopyTo(free[((_positions.Count - before) * features)..]);
            _positions.Add(position);
            if (_positions.Count <= capacity)
                continue;
            _split = Split with { Fraction = Split.Fraction / 2 };
            Keep();
            Add(rows[(start + features)..]);
            return;
        }
    }

    /// <summary>
    /// After the last row: holds out one at least, if any were asked for and one may be, and leaves one at least to train on.
    /// </summary>
    public void Complete()
    {
        if (fraction > 0 && _positions.Count == 0)
        {
            if (double.IsPositiveInfinity(_lowest.Draw))
                return;
            _split = Split with { Always = _lowest.Position };
            Write(_rows, 0, _lowestRow);
            _positions.Add(_lowest.Position);
        }
        else if (_positions.Count == _seen)
        {
            _split = Split with { Never = _highest.Position };
            Keep();
        }
    }

    /// <summary>Of the rows held out, counted from 0.</summary>
    public IReadOnlyList<long> Numbers => _positions;

    /// <summary><c>[rows, features]</c>.</summary>
    public Tensor ToTensor(Device device)
    {
        var held = _rows.narrow(0, 0, _positions.Count);
        if (device.type == TorchSharp.DeviceType.CPU)
            return held.DetachFromDisposeScope();
        using (held)
            return held.to(device).DetachFromDisposeScope();
    }

    public void Dispose() => _rows.Dispose();

    private static void Write(Tensor rows, long at, ReadOnlySpan<float> row)
    {
        using var place = rows.narrow(0, at, 1);
        row.CopyTo(place.Values());
    }

    private void Rank(long position, double draw, ReadOnlySpan<float> row)
    {
        if (draw > _highest.Draw)
            _highest = (position, draw);
        if (draw >= _lowest.Draw)
            return;
        _lowest = (position, draw);
        row.CopyTo(_lowestRow);
    }

    /// <summary>Drops the rows that the split no longer holds out; those that stay move up.</summary>
    private void Keep()
    {
        var (kept, chunk) = (0, Math.Max(1, ChunkValues / features));
        for (var start = 0; start < _positions.Count; start += chunk)
        {
            long[] staying =
            [
                .. Enumerable.Range(start, Math.Min(chunk, _positions.Count - start))
                    .Where(i => Split.IsHeldOut(_positions[i]))
                    .Select(i => (long)i),
            ];
            using var indices = tensor(staying);
            using var rows = _rows.index_select(0, indices);
            using var place = _rows.narrow(0, kept, staying.Length);
            place.copy_(rows);
            kept += staying.Length;
        }
        _positions.RemoveAll(position => !Split.IsHeldOut(position));
    }
}
