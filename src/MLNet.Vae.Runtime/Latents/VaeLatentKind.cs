namespace MLNet.Vae;

/// <summary>What the latent variable of a model is.</summary>
public enum VaeLatentKind
{
    /// <summary>A Gaussian posterior.</summary>
    Gaussian,

    /// <summary>A plain code, without a distribution: an autoencoder.</summary>
    Deterministic,

    /// <summary>A Gaussian posterior, and a mixture of Gaussians as prior.</summary>
    GaussianMixture,

    /// <summary>Codes of a codebook.</summary>
    VectorQuantized,

    /// <summary>Several levels of Gaussians, each the prior of the one below.</summary>
    Hierarchical,

    /// <summary>A class, known of some training rows, and a Gaussian posterior of what it does not say.</summary>
    SemiSupervised,
}
