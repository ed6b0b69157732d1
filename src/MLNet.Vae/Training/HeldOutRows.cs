using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>Collects the held-out rows of a set that is too large for memory, thinning them out when they grow too many themselves.</summary>
internal sealed class HeldOutRows(int features, double fraction, int seed, int capacity, int sampleRows)
{
    private readonly List<float> _sample = [];
    private List<float> _values = [];
    private List<long> _positions = [];
    private long _seen;

    public RowSplit Split { get; private set; } = new(fraction, seed);

    public void Add(ReadOnlySpan<float> rows)
    {
        for (var start = 0; start < rows.Length; start += features)
        {
            var position = _seen++;
            var row = rows.Slice(start, features);
            if (_sample.Count < sampleRows * features)
                _sample.AddRange(row);
            if (!Split.IsHeldOut(position))
                continue;
            _values.AddRange(row);
            _positions.Add(position);
            if (_positions.Count > capacity)
                Thin();
        }
    }

    public Tensor ToTensor(Device device) => tensor(_values.ToArray(), [_positions.Count, features], device: device);

    public Tensor SampleTensor(Device device) => tensor(_sample.ToArray(), [_sample.Count / features, features], device: device);

    private void Thin()
    {
        Split = Split with { Fraction = Split.Fraction / 2 };
        var keptValues = new List<float>();
        var keptPositions = new List<long>();
        for (var i = 0; i < _positions.Count; i++)
        {
            if (!Split.IsHeldOut(_positions[i]))
                continue;
            keptPositions.Add(_positions[i]);
            keptValues.AddRange(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values).Slice(i * features, features));
        }
        (_values, _positions) = (keptValues, keptPositions);
    }
}
