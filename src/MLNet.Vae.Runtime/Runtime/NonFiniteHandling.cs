namespace MLNet.Vae;

/// <summary>
/// What happens to a row whose features or condition hold NaN or infinity, or a missing key, where NaN is no missing value
/// (<see cref="VaeMissingValues.Observed"/>); and, where it is scored, to one whose features the likelihood cannot have: values beyond 0 to
/// 1 of a Bernoulli, none that sum to 1 of a categorical, no counts of a Poisson or negative binomial likelihood.
/// </summary>
public enum NonFiniteHandling
{
    /// <summary>An error that names column, row and slot.</summary>
    Throw,

    /// <summary>
    /// Every output of that row is NaN, or what needs the likelihood alone where only that cannot have it; its predicted label is true, as
    /// NaN is no evidence that a row is normal. The log has one warning of each kind per pass.
    /// </summary>
    ReturnNaN,
}
