using System.Globalization;

namespace MLNet.Vae;

/// <summary>How the models of a fleet, one for each key, learn from the readings that they score.</summary>
public sealed class VaeFleetOptions
{
    internal const int DefaultMinimumReadings = 500, DefaultMaximumReadings = 2_000, DefaultSaveEvery = 100, MostReadings = 10_000_000;

    internal static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromMinutes(1);

    /// <summary>Readings of a key from which its model is trained, 1 to <see cref="MaximumReadings"/>.</summary>
    /// <value>Default: 500.</value>
    public int MinimumReadings { get; set; } = DefaultMinimumReadings;

    /// <summary>The last readings of a key that are kept and trained on, up to 10,000,000.</summary>
    /// <value>Default: 2,000.</value>
    public int MaximumReadings { get; set; } = DefaultMaximumReadings;

    /// <summary>Readings after which another model is trained, from 1; <see langword="null"/>: the first stays.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? RetrainEvery { get; set; }

    /// <summary>
    /// Readings of a key after which they are written to storage, from 1: as many at most are forgotten where a silo is killed. One that is
    /// idle, or on a silo that is stopped, forgets none.
    /// </summary>
    /// <value>Default: 100.</value>
    public int SaveEvery { get; set; } = DefaultSaveEvery;

    /// <summary>How long after a training that failed the next is tried, above 0 and up to a day.</summary>
    /// <value>Default: a minute.</value>
    public TimeSpan RetryDelay { get; set; } = DefaultRetryDelay;

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (MaximumReadings is < 1 or > MostReadings)
            yield return Range(nameof(MaximumReadings), $"from 1 to {MostReadings}", MaximumReadings);
        if (MinimumReadings < 1 || MinimumReadings > MaximumReadings)
            yield return Range(nameof(MinimumReadings), $"from 1 to {nameof(MaximumReadings)}", MinimumReadings);
        if (RetrainEvery < 1)
            yield return Range(nameof(RetrainEvery), "at least 1, or null", RetrainEvery);
        if (SaveEvery < 1)
            yield return Range(nameof(SaveEvery), "at least 1", SaveEvery);
        if (RetryDelay <= TimeSpan.Zero || RetryDelay > VaeClusterOptions.MaximumTime)
            yield return Range(nameof(RetryDelay), "above 0 and at most a day", RetryDelay);
    }

    internal static string Range(string option, string range, object found)
        => string.Create(CultureInfo.InvariantCulture, $"{option} must be {range}, but is {found}");
}
