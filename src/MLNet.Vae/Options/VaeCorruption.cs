namespace MLNet.Vae;

/// <summary>How the rows that the encoder reads are spoilt in training, afresh each step (denoising autoencoder: Vincent et al. 2008).</summary>
public abstract record VaeCorruption
{
    private protected VaeCorruption()
    {
    }

    internal abstract IEnumerable<string> Faults();
}
