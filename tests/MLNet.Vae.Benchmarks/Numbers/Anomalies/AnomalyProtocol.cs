namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>Three ways to train and rank, never mixed in one comparison.</summary>
internal enum AnomalyProtocol
{
    /// <summary>
    /// The first half of the normal rows in file order trains, the others and all anomalies are ranked; sets below 1,000 rows are first
    /// drawn to 1,000 with replacement, which puts copies of training rows among those ranked (Livernoche et al. 2024).
    /// </summary>
    Published,

    /// <summary>Half of the normal rows at random, as they are.</summary>
    Shuffled,

    /// <summary>All rows train, anomalies among them, and the same rows are ranked.</summary>
    Unsupervised,
}
