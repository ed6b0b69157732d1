using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Cells;

/// <summary>A vector column of the current row, read once for all that ask for it.</summary>
internal sealed class RowFeatures(DataViewRow row, string column)
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(row.Schema[column]);
    private VBuffer<float> _buffer;
    private float[] _values = [];
    private long _position = long.MinValue;

    public ReadOnlyMemory<float> Values()
    {
        if (row.Position != _position)
        {
            _getter(ref _buffer);
            if (_values.Length != _buffer.Length)
                _values = new float[_buffer.Length];
            _buffer.CopyTo(_values);
            _position = row.Position;
        }
        return _values;
    }
}
