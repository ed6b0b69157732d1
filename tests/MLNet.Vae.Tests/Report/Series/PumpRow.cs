using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Report.Series;

/// <summary>A scored row of a made-up pump.</summary>
public sealed class PumpRow
{
    public DateTime Time { get; set; }

    public string Pump { get; set; } = "a";

    [VectorType(2)]
    public float[] Readings { get; set; } = [0, 0];

    public double Flow { get; set; }

    [VectorType(3)]
    public float[] Expected { get; set; } = [0, 0, 0];

    public float Score { get; set; }

    [VectorType(3)]
    public float[] ChannelScores { get; set; } = [0, 0, 0];

    public bool PredictedLabel { get; set; }

    public float IsBroken { get; set; }
}
