namespace MLNet.Vae;

/// <summary>How the association of two columns is measured.</summary>
public enum VaeTableAssociationMeasure
{
    /// <summary>Of two numbers: Pearson's correlation, −1 to 1.</summary>
    Pearson,

    /// <summary>Of two categories: Cramér's V, 0 to 1 (Cramér 1946, section 21.9), not corrected for bias.</summary>
    CramersV,

    /// <summary>
    /// Of a number and a category: the correlation ratio η, 0 to 1, the square root of the share of the number's variance that lies between
    /// the categories.
    /// </summary>
    CorrelationRatio,
}
