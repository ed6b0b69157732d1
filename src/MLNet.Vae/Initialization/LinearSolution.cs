using MLNet.Vae.Architectures;

namespace MLNet.Vae.Initialization;

/// <summary>A linear autoencoder found without training, normalised units.</summary>
/// <param name="Encoder">Posterior mean, <c>[latent, features]</c>.</param>
/// <param name="PosteriorLogSigma">
/// log σ of the posterior, the same for all rows, <c>[latent]</c>; zeros where the latent has no distribution.
/// </param>
/// <param name="Decoder"><c>[features, latent]</c>.</param>
/// <param name="Sigma">The shared σ of the decoder.</param>
/// <param name="Reconstruction">−E ln p(x | z), mean over the training rows, nats; exact.</param>
/// <param name="Kl">KL(q(z | x) ‖ p(z)), mean over the training rows, nats; exact.</param>
internal sealed record LinearSolution(
    DenseLayer Encoder, float[] PosteriorLogSigma, DenseLayer Decoder, double Sigma, double Reconstruction, double Kl);
