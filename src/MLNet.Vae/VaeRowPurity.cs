namespace MLNet.Vae;

/// <summary>
/// What is known of the rows that train a detector, which <see cref="VaeScoreKind.NeighborDistance"/> compares others with.
/// </summary>
public enum VaeRowPurity
{
    /// <summary>Perhaps a few anomalies: the nearest of all rows counts half as much as the nearest of few drawn at random.</summary>
    Unknown,

    /// <summary>A checked history without anomalies: the distance to the nearest of all rows alone, which is then the best.</summary>
    Clean,

    /// <summary>
    /// Anomalies are among them, perhaps many and alike: the distance to the nearest of few rows drawn at random alone, as of these next
    /// to none is an anomaly.
    /// </summary>
    Contaminated,
}
