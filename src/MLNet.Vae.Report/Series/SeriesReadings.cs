using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Reporting;

/// <summary>Reads the channels of a row, whatever columns they are in.</summary>
internal sealed class SeriesReadings
{
    private readonly List<Action> _reads = [];
    private readonly Func<float>[] _channels;

    public SeriesReadings(DataViewRow row, IReadOnlyList<SeriesChannel> channels)
    {
        var vectors = new Dictionary<int, Func<int, float>>();
        _channels = [.. channels.Select(Of)];

        Func<float> Of(SeriesChannel channel)
        {
            if (channel.Slot is not { } slot)
            {
                var number = SeriesGetters.Number(row, channel.Column);
                return () => (float)number();
            }

            if (!vectors.TryGetValue(channel.Column.Index, out var vector))
                vectors.Add(channel.Column.Index, vector = OfVector(row, channel.Column));
            return () => vector(slot);
        }
    }

    /// <summary>Takes the current row's.</summary>
    public void Read(float[] into)
    {
        foreach (var read in _reads)
            read();
        for (var i = 0; i < into.Length; i++)
            into[i] = _channels[i]();
    }

    private Func<int, float> OfVector(DataViewRow row, DataViewSchema.Column column)
    {
        if (((VectorDataViewType)column.Type).ItemType.RawType == typeof(double))
        {
            var wide = new VectorColumn<double>(row, column.Name);
            _reads.Add(wide.Read);
            return slot => (float)wide.Values[slot];
        }

        var vector = new VectorColumn<float>(row, column.Name);
        _reads.Add(vector.Read);
        return slot => vector.Values[slot];
    }
}
