namespace MLNet.Vae;

/// <summary>The way from one code to another.</summary>
public enum VaeInterpolation
{
    /// <summary>The straight line.</summary>
    Linear,

    /// <summary>
    /// Along the great circle (Shoemake 1985; White 2016, <i>Sampling generative networks</i>), which stays where a Gaussian of many
    /// dimensions has its mass:
    /// between codes of one length, all have that length. Taken in units of the prior, (z − mean) / σ, where that is learned.
    /// </summary>
    Spherical,
}
