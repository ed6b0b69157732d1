namespace MLNet.Vae;

/// <summary>How far a job is.</summary>
public enum VaeJobState
{
    /// <summary>Partitions are being scored, or wait for it.</summary>
    Running,

    /// <summary>Every partition is scored.</summary>
    Done,

    /// <summary>Every partition was tried, and some could not be scored; they can be taken up again.</summary>
    DoneWithFailures,

    /// <summary>Somebody ended it; it can be taken up again.</summary>
    Cancelled,

    /// <summary>The cluster's storage does not take what is known of it. It goes on once that does, or is taken up again.</summary>
    Suspended,
}
