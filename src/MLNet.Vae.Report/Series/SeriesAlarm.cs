namespace MLNet.Vae.Reporting;

/// <summary>Flagged rows of one series that follow each other.</summary>
internal sealed class SeriesAlarm(SeriesRow first)
{
    private readonly double[] _parts = new double[first.ChannelScores.Length];

    public double From { get; } = first.Time;

    public double To { get; private set; }

    public int FirstRow { get; } = first.Number;

    public int Rows { get; private set; }

    public float Highest { get; private set; } = float.NegativeInfinity;

    /// <summary>Whether one of the rows is a true anomaly.</summary>
    public bool Overlaps { get; private set; }

    public void Add(SeriesRow row)
    {
        To = row.Time;
        Rows++;
        Highest = Math.Max(Highest, row.Score);
        Overlaps |= row.IsAnomaly;
        for (var i = 0; i < _parts.Length; i++)
        {
            if (row.ChannelScores[i] > 0)
                _parts[i] += row.ChannelScores[i];
        }
    }

    /// <summary>Channels and their shares of the sum over the rows, the largest first; none where the sum is 0 or infinite.</summary>
    public IEnumerable<(int Channel, double Share)> Shares()
    {
        var sum = _parts.Sum();
        return sum > 0 && double.IsFinite(sum)
            ? _parts.Select((part, channel) => (channel, part / sum)).Where(pair => pair.Item2 > 0).OrderByDescending(pair => pair.Item2)
            : [];
    }
}
