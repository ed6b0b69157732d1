namespace MLNet.Vae.Training.Steps;

/// <summary>What a step measured, summed over the rows of its batch, nats.</summary>
/// <param name="Reconstruction">−ln p(x | z), mean over the samples of a row.</param>
/// <param name="Kl">KL(q(z | x) ‖ p(z)).</param>
/// <param name="Penalty">What the latent variable adds.</param>
internal readonly record struct StepLoss(double Reconstruction, double Kl, double Penalty = 0)
{
    public StepLoss And(StepLoss other)
        => new(Reconstruction + other.Reconstruction, Kl + other.Kl, Penalty + other.Penalty);
}
