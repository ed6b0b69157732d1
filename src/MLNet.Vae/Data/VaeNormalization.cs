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

    /// <summary>(x − mean) / standard deviation; a constant column is only centred.</summary>
    Standardize,

    /// <summary>(x − minimum) / (maximum − minimum); a constant column is only shifted to 0.</summary>
    MinMax,

    /// <summary>As given.</summary>
    None,
}
