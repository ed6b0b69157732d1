namespace MLNet.Vae;

/// <summary>The latent variable and its prior.</summary>
public abstract record VaeLatent
{
    private protected VaeLatent()
    {
    }

    /// <summary>A Gaussian posterior with diagonal covariance and a standard normal prior (Kingma and Welling 2014).</summary>
    /// <param name="dimension">Number of latent dimensions, 1 to 4,096.</param>
    public static GaussianLatent Gaussian(int dimension) => new() { Dimension = dimension };

    /// <summary>Length of the embedding.</summary>
    internal abstract int EmbeddingLength { get; }

    internal abstract IEnumerable<string> Faults();
}
