namespace MLNet.Vae.Reporting;

/// <summary>One row, in arrays that are filled again and again.</summary>
/// <param name="channels">How many.</param>
internal sealed class SeriesRow(int channels)
{
    /// <summary>Number within its series, from 0.</summary>
    public int Number { get; set; }

    /// <summary>Milliseconds since 1970, seconds, or <see cref="Number"/>.</summary>
    public double Time { get; set; }

    /// <summary>NaN: not judged.</summary>
    public float Score { get; set; }

    public bool IsFlagged { get; set; }

    /// <summary>Whether it is known if the row is an anomaly.</summary>
    public bool IsLabelled { get; set; }

    public bool IsAnomaly { get; set; }

    public bool IsJudged => !float.IsNaN(Score);

    /// <summary><c>[channels]</c>, as <see cref="Expected"/> and <see cref="ChannelScores"/> are.</summary>
    public float[] Readings { get; } = new float[channels];

    public float[] Expected { get; } = new float[channels];

    public float[] ChannelScores { get; } = new float[channels];

    public void Take(SeriesRow other)
    {
        (Number, Time, Score) = (other.Number, other.Time, other.Score);
        (IsFlagged, IsLabelled, IsAnomaly) = (other.IsFlagged, other.IsLabelled, other.IsAnomaly);
        other.Readings.CopyTo(Readings, 0);
        other.Expected.CopyTo(Expected, 0);
        other.ChannelScores.CopyTo(ChannelScores, 0);
    }
}
