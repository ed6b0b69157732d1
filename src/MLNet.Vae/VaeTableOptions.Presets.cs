namespace MLNet.Vae;

public sealed partial record VaeTableOptions
{
    /// <summary>
    /// For filling holes: two layers of 512 GELU, 16 latent dimensions, a KL divergence that counts a fiftieth, up to three fifths of the
    /// values of a row hidden from the encoder, which learns to fill them, 14,000 steps, and no rows held out, as those to be filled are in
    /// the table.
    /// </summary>
    /// <param name="seed">Makes weights reproducible; <see langword="null"/>: drawn from the seed of the <c>MLContext</c>.</param>
    public static VaeTableOptions Imputation(int? seed = null) => new()
    {
        Architecture = VaeArchitecture.Mlp(512, 512) with { Activation = Activation.Gelu },
        Latent = VaeLatent.Gaussian(16),
        Objective = new() { Beta = 0.02 },
        Corruption = VaeCorruption.Masking(0.3),
        Training = new() { Seed = seed, ValidationFraction = 0, LearningRate = 0.002, Steps = 14_000 },
    };
}
