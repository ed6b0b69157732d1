using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>
/// Where something that was read over time lay in training: a channel's mean over the readings of a window, or the score of windows.
/// </summary>
public sealed record VaeSeriesLevel
{
    [JsonConstructor]
    internal VaeSeriesLevel() { }

    /// <summary>Mean over training.</summary>
    [JsonRequired]
    public double Mean { get; init; }

    /// <summary>
    /// Standard deviation of another one about <see cref="Mean"/>, above 0: what varied in training, and what the mean itself may be off
    /// by.
    /// </summary>
    [JsonRequired]
    public double Deviation { get; init; }

    /// <summary>ν of Student's t, at least 1: as many as independent values there were, less one.</summary>
    [JsonRequired]
    public double DegreesOfFreedom { get; init; }

    /// <summary>
    /// (ν + 1)/2 · ln(1 + z²/ν), z = (value − mean) / deviation: by how many nats the density of Student's t is lower there than at the
    /// mean. 0 at the mean, z²/2 where ν is large, and slow to rise where training told little.
    /// </summary>
    internal double Evidence(double value)
    {
        var z = (value - Mean) / Deviation;
        return (DegreesOfFreedom + 1) / 2 * Math.Log(1 + z * z / DegreesOfFreedom);
    }
}
