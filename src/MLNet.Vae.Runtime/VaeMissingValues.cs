namespace MLNet.Vae;

/// <summary>What NaN in the vector of features is.</summary>
public enum VaeMissingValues
{
    /// <summary>An error in training; in scoring what <see cref="VaeScoringOptions.NonFiniteInput"/> says.</summary>
    Refuse,

    /// <summary>
    /// A missing value, in training and in scoring. The encoder reads 0 in its place, and which values are there; likelihood and score are
    /// those of the values that are there (Nazabal et al. 2020; Mattei and Frellsen 2019). Infinity is refused still.
    /// </summary>
    Observed,
}
