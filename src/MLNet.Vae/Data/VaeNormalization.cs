namespace MLNet.Vae;

/// <summary>
/// How features are scaled before the encoder, and back after the decoder. Fitted on the training rows, kept inside the exported graphs.
/// </summary>
public enum VaeNormalization
{
    /// <summary>
    /// <see cref="Standardize"/> for a Gaussian or Student-t likelihood, <see cref="None"/> for a Bernoulli or categorical one and for
    /// counts,
    /// of which the encoder reads standardised ln(1 + x); slot by slot for a mixed one.
    /// </summary>
    Auto,

    /// <summary>
    /// (x − mean) / standard deviation, of any column whose values differ by more than single precision rounds them by. Where few rows, at
    /// most 1 in 100, have most of the variance, mean and deviation are those of the middle 98 %, and what lies more than 20 deviations off
    /// counts as that far; a warning names the rows. The unit of a constant column is a millionth of its value: any other value is an
    /// anomaly, and no code depends on it. So it is for a column that is constant but for few rows, whose values are a thousand times as
    /// large.
    /// </summary>
    Standardize,

    /// <summary>
    /// As <see cref="Standardize"/>, but columns of one bounded range, at least eight of which have the same minimum and maximum, such as
    /// pixels or the slots of one-hot columns, are all divided by one number, the root mean square of their standard deviations: a pixel
    /// that is seldom set or a rare category does not weigh more than the others. The log names the range.
    /// </summary>
    StandardizeShared,

    /// <summary>
    /// (x − minimum) / (maximum − minimum), both of the other values where few rows have most of the variance: in training these count as
    /// the nearer end, in scoring as far off as with <see cref="Standardize"/>. A constant column as with <see cref="Standardize"/>.
    /// </summary>
    MinMax,

    /// <summary>As given.</summary>
    None,
}
