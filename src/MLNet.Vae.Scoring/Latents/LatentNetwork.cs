namespace MLNet.Vae.Latents;

/// <summary>From the encoder's last hidden layer to the latent variable, and its prior, of a trained model.</summary>
internal abstract record LatentNetwork
{
    /// <summary>Length of the code that the decoder reads, which is also that of the embedding.</summary>
    public abstract int Length { get; }

    /// <summary>Components of a mixture prior; <see langword="null"/>: the prior is none.</summary>
    public virtual IReadOnlyList<VaeMixtureComponent>? Components => null;

    /// <summary>Codes of a row; 0: there is no codebook.</summary>
    public virtual int CodeCount => 0;

    /// <summary>Entries of the codebook; 0: there is none.</summary>
    public virtual int CodebookSize => 0;

    /// <summary>Dimensions of each level, from the one that the decoder reads up; empty: there are no levels.</summary>
    public virtual IReadOnlyList<int> LevelDimensions => [];
}
