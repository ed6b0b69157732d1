using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary>
/// Collects the held-out rows of a set that is too large for memory, thinning them out when they grow too many themselves.
/// </summary>
internal sealed class HeldOutRows(int features, double fraction, int seed, int capacity)
{
    private readonly float[] _lowestRow = new float[features];
    private List<float> _values = [];
    private List<long> _positions = [];
    private (long Position, double Draw) _lowest = (0, double.PositiveInfinity);
    private (long Position, double Draw) _highest = (0, double.NegativeInfinity);
    private long _seen;

    public RowSplit Split { get; private set; } = new(fraction, seed);

    public void Add(ReadOnlySpan<float> rows)
    {
        for (var start = 0; start < rows.Length; start += features)
        {
            var position = _seen++;
            var row = rows.Slice(start, features);
            Rank(position, row);
            if (!Split.IsHeldOut(position))
                continue;
            _values.AddRange(row);
            _positions.Add(position);
            if (_positions.Count > capacity)
                Thin();
        }
    }

    /// <summary>After the last row: holds out one at least, if any were asked for, and leaves one at least to train on.</summary>
    public void Complete()
    {
        if (fraction > 0 && _positions.Count == 0)
        {
            Split = Split with { Always = _lowest.Position };
            _values.AddRange(_lowestRow);
            _positions.Add(_lowest.Position);
        }
        else if (_positions.Count == _seen)
        {
            Split = Split with { Never = _highest.Position };
            Keep();
        }
    }

    /// <summary>Of the rows held out, counted from 0.</summary>
    public IReadOnlyList<long> Numbers => _positions;

    public Tensor ToTensor(Device device) => tensor(_values.ToArray(), [_values.Count / features, features], device: device);

    private void Rank(long position, ReadOnlySpan<float> row)
    {
        var draw = Split.Draw(position);
        if (draw > _highest.Draw)
            _highest = (position, draw);
        if (draw >= _lowest.Draw)
            return;
        _lowest = (position, draw);
        row.CopyTo(_lowestRow);
    }

    private void Thin()
    {
        Split = Split with { Fraction = Split.Fraction / 2 };
        Keep();
    }

    /// <summary>Drops the rows that the split no longer holds out.</summary>
    private void Keep()
    {
        var keptValues = new List<float>();
        var keptPositions = new List<long>();
        for (var i = 0; i < _positions.Count; i++)
        {
            if (!Split.IsHeldOut(_positions[i]))
                continue;
            keptPositions.Add(_positions[i]);
            keptValues.AddRange(CollectionsMarshal.AsSpan(_values).Slice(i * features, features));
        }
        (_values, _positions) = (keptValues, keptPositions);
    }
}
