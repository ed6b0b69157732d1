namespace MLNet.Vae.Latents;

/// <summary>What a <see cref="GaussianHead"/> says before training.</summary>
/// <param name="MeanScale">Size of the mean, as a multiple of what a layer gives by itself.</param>
/// <param name="LogSigma">Natural log of the standard deviation.</param>
internal readonly record struct GaussianStart(double MeanScale, double LogSigma)
{
    /// <summary>N(mean, 1).</summary>
    public static readonly GaussianStart OfPosterior = new(1, 0);

    /// <summary>Near N(0, 1), as a prior that is not learned.</summary>
    public static readonly GaussianStart OfPrior = new(0.01, 0);

    /// <summary>
    /// The estimate of a level below the top has to outweigh a prior that is still learned: one that starts as faint as the prior is seldom
    /// listened to afterwards. Chosen on optical digits and generated rows, by the bound on held-out rows.
    /// </summary>
    public static readonly GaussianStart OfEstimate = new(6, -1);
}
