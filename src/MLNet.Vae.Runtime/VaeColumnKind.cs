namespace MLNet.Vae;

/// <summary>How a column of a table is modelled.</summary>
public enum VaeColumnKind
{
    /// <summary>One of the values seen in training, or another: a category each, one-hot, with a categorical likelihood.</summary>
    Categorical,

    /// <summary>False or true, with a Bernoulli likelihood.</summary>
    Boolean,

    /// <summary>A number, standardised, with a Gaussian likelihood.</summary>
    Gaussian,

    /// <summary>A number above 0 whose logarithm has a Gaussian likelihood.</summary>
    LogNormal,

    /// <summary>
    /// A number whose normal score has a Gaussian likelihood: Φ⁻¹ of its rank in training, interpolated linearly, and continued by the
    /// slope
    /// of the outermost bins.
    /// </summary>
    Quantile,

    /// <summary>A count, 0 or above, with a Poisson likelihood.</summary>
    Poisson,

    /// <summary>A count, 0 or above, with a negative binomial likelihood.</summary>
    NegativeBinomial,

    /// <summary>
    /// A number with few values, or with one that is frequent: its bin, with a categorical likelihood. A value that is frequent has a bin
    /// of
    /// its own; what is below or above all that training had has a bin that training had not, and is surprising.
    /// </summary>
    Histogram,

    /// <summary>Numbers of a vector column, each standardised, with a Gaussian likelihood.</summary>
    Vector,

    /// <summary>
    /// A time: the days since the first of training as <see cref="Quantile"/>, the day of the week and, where it is not always midnight,
    /// the
    /// hour as <see cref="Categorical"/>.
    /// </summary>
    Time,
}
