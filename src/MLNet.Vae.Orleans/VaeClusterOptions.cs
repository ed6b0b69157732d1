namespace MLNet.Vae;

/// <summary>What a silo scores, and how.</summary>
public sealed class VaeClusterOptions
{
    /// <summary>
    /// The name of the grain storage that jobs and fleets are kept in: <c>siloBuilder.AddAdoNetGrainStorage(VaeClusterOptions.StorageName,
    /// …)</c>. Where no storage has that name, they are kept in memory.
    /// </summary>
    public const string StorageName = "vae";

    internal const int DefaultMaximumTrainings = 1, DefaultMaximumAttempts = 10, DefaultStorageAttempts = 5;
    internal const int MaximumThreads = 1024, MostAttempts = 1000;

    internal static readonly TimeSpan DefaultStorageRetryDelay = TimeSpan.FromMilliseconds(200);
    internal static readonly TimeSpan DefaultJobCheckInterval = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan MaximumTime = TimeSpan.FromDays(1);

    /// <summary>
    /// Folders in which clients may name models, rows and results; links in them count as what they lead to. No other path is opened.
    /// </summary>
    /// <value>Default: none.</value>
    public IList<string> AllowedFolders { get; } = [];

    /// <summary>
    /// Partitions that a silo scores at once, each on a thread, 1 to 1,024, the same on all silos; <see langword="null"/>: one for each
    /// core.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? MaximumConcurrency { get; set; }

    /// <summary>What that comes to.</summary>
    internal int Concurrency => MaximumConcurrency ?? Environment.ProcessorCount;

    /// <summary>Models that a silo trains at once, 1 to 1,024.</summary>
    /// <value>Default: 1.</value>
    public int MaximumTrainings { get; set; } = DefaultMaximumTrainings;

    /// <summary>How often a partition is begun whose silos are lost, before it counts as failed, 1 to 1,000.</summary>
    /// <value>Default: 10, which takes half a minute and more.</value>
    public int MaximumAttempts { get; set; } = DefaultMaximumAttempts;

    /// <summary>How often storage is asked to take something, 1 to 1,000.</summary>
    /// <value>Default: 5.</value>
    public int StorageAttempts { get; set; } = DefaultStorageAttempts;

    /// <summary>How long after it did not it is asked again, above 0 and up to a day; doubled each time.</summary>
    /// <value>Default: 200 ms.</value>
    public TimeSpan StorageRetryDelay { get; set; } = DefaultStorageRetryDelay;

    /// <summary>How often a silo looks whether unfinished jobs go on, above 0 and up to a day.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan JobCheckInterval { get; set; } = DefaultJobCheckInterval;

    /// <summary>How rows are scored.</summary>
    /// <value>Default: one thread for each run, as partitions and keys run beside each other; else the defaults.</value>
    public VaeScoringOptions Scoring { get; set; } = new() { Threads = 1 };

    /// <summary>The fleets by name.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, VaeFleetOptions> Fleets { get; } = new Dictionary<string, VaeFleetOptions>(StringComparer.Ordinal);

    /// <summary>What is out of range, a clause each.</summary>
    internal IEnumerable<string> Faults()
    {
        if (AllowedFolders.Any(string.IsNullOrWhiteSpace))
            yield return $"{nameof(AllowedFolders)} must hold folders, but holds one without a name";
        if (MaximumConcurrency is < 1 or > MaximumThreads)
            yield return Range(nameof(MaximumConcurrency), $"from 1 to {MaximumThreads}, or null", MaximumConcurrency);
        if (MaximumTrainings is < 1 or > MaximumThreads)
            yield return Range(nameof(MaximumTrainings), $"from 1 to {MaximumThreads}", MaximumTrainings);
        if (MaximumAttempts is < 1 or > MostAttempts)
            yield return Range(nameof(MaximumAttempts), $"from 1 to {MostAttempts}", MaximumAttempts);
        if (StorageAttempts is < 1 or > MostAttempts)
            yield return Range(nameof(StorageAttempts), $"from 1 to {MostAttempts}", StorageAttempts);
        if (StorageRetryDelay <= TimeSpan.Zero || StorageRetryDelay > MaximumTime)
            yield return Range(nameof(StorageRetryDelay), "above 0 and at most a day", StorageRetryDelay);
        if (JobCheckInterval <= TimeSpan.Zero || JobCheckInterval > MaximumTime)
            yield return Range(nameof(JobCheckInterval), "above 0 and at most a day", JobCheckInterval);
        if (Scoring is null)
            yield return $"{nameof(Scoring)} must not be null";
        foreach (var fault in Scoring?.Faults() ?? [])
            yield return fault;
        foreach (var (name, fleet) in Fleets)
        {
            foreach (var fault in fleet.Faults())
                yield return $"{nameof(Fleets)}[\"{name}\"].{fault}";
        }

        static string Range(string option, string range, object found) => VaeFleetOptions.Range(option, range, found);
    }
}
