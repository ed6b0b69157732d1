using System.Globalization;

namespace MLNet.Vae;

/// <summary>What is served, and how.</summary>
public sealed class VaeHostingOptions
{
    /// <summary>Most rows of a batch when none are given.</summary>
    internal const int DefaultMaximumRows = 10_000;

    /// <summary>Largest body when none is given, bytes.</summary>
    internal const long DefaultMaximumBodyBytes = 16L << 20;

    /// <summary>Rows that are watched for drift when none are given.</summary>
    internal const int DefaultWindowRows = 1_000;

    /// <summary>Most of them.</summary>
    internal const int MaximumWindowRows = 10_000_000;

    internal static readonly TimeSpan DefaultPollInterval = TimeSpan.FromSeconds(10);
    internal static readonly TimeSpan DefaultSettleTime = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan MaximumTime = TimeSpan.FromDays(1);

    /// <summary>
    /// A <c>model.zip</c> that <c>mlContext.Model.Save</c> wrote, with one model of a vector or of a table in it, or a
    /// <c>scorer.onnx</c>.
    /// </summary>
    public string ModelPath { get; set; } = "";

    /// <summary>Whether another model is taken once the file has changed.</summary>
    /// <value>Default: true.</value>
    public bool ReloadOnChange { get; set; } = true;

    /// <summary>How often the file is looked at where the system says nothing of its changes, up to a day.</summary>
    /// <value>Default: 10 s.</value>
    public TimeSpan PollInterval { get; set; } = DefaultPollInterval;

    /// <summary>How long a file that has changed must stay as it is before it is read, up to a day.</summary>
    /// <value>Default: 500 ms.</value>
    public TimeSpan SettleTime { get; set; } = DefaultSettleTime;

    /// <summary>Most rows that the endpoint of batches takes, 1 or more.</summary>
    /// <value>Default: 10,000.</value>
    public int MaximumRows { get; set; } = DefaultMaximumRows;

    /// <summary>Largest body that the endpoints read, bytes, 1 or more.</summary>
    /// <value>Default: 16 MiB.</value>
    public long MaximumBodyBytes { get; set; } = DefaultMaximumBodyBytes;

    /// <summary>
    /// The last rows whose scores are compared with those of training and whose share of anomalies is told, 100 to 10,000,000.
    /// </summary>
    /// <value>Default: 1,000.</value>
    public int WindowRows { get; set; } = DefaultWindowRows;

    /// <summary>How rows are scored.</summary>
    /// <value>Default: one thread for each run, as requests run beside each other; else the defaults.</value>
    public VaeScoringOptions Scoring { get; set; } = new() { Threads = 1 };

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(ModelPath))
            yield return $"{nameof(ModelPath)} must name a model.zip or scorer.onnx, but is empty";
        if (PollInterval <= TimeSpan.Zero || PollInterval > MaximumTime)
            yield return Range(nameof(PollInterval), "above 0 and at most a day", PollInterval);
        if (SettleTime < TimeSpan.Zero || SettleTime > MaximumTime)
            yield return Range(nameof(SettleTime), "from 0 to a day", SettleTime);
        if (MaximumRows < 1)
            yield return Range(nameof(MaximumRows), "at least 1", MaximumRows);
        if (MaximumBodyBytes < 1)
            yield return Range(nameof(MaximumBodyBytes), "at least 1", MaximumBodyBytes);
        if (WindowRows is < Drift.ScoreWindow.FewestRows or > MaximumWindowRows)
            yield return Range(nameof(WindowRows), $"from {Drift.ScoreWindow.FewestRows} to {MaximumWindowRows}", WindowRows);
        if (Scoring is null)
            yield return $"{nameof(Scoring)} must not be null";
        foreach (var fault in Scoring?.Faults() ?? [])
            yield return fault;

        static string Range(string option, string range, object found)
            => string.Create(CultureInfo.InvariantCulture, $"{option} must be {range}, but is {found}");
    }
}
