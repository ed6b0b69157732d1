using static TorchSharp.torch;

namespace MLNet.Vae.Objectives;

/// <summary>The terms of the bound on a batch, nats. Sampled tensors have K·rows rows, see <see cref="Latents.LatentInference"/>.</summary>
/// <param name="Reconstruction">−ln p(x | z), <c>[K·rows]</c>.</param>
/// <param name="Kl">KL(q(z | x) ‖ p(z)), <c>[rows, latent]</c>.</param>
/// <param name="Mean">The embedding, <c>[rows, latent]</c>.</param>
/// <param name="LogRatio">ln p(z) − ln q(z | x), <c>[K·rows]</c>, where it was asked for.</param>
/// <param name="Penalty">Of the latent variable, a scalar; <see langword="null"/>: none.</param>
/// <param name="Samples">K.</param>
/// <param name="Usage">
/// How many codes of the batch each entry of a codebook is, <c>[codebook]</c>; <see langword="null"/>: there is no codebook.
/// </param>
/// <param name="PartLogDensities">
/// ln p(x | z) of each part of a mixed likelihood, whose sum is −<paramref name="Reconstruction"/>, <c>[K·rows]</c> each.
/// </param>
internal sealed record BoundTerms(
    Tensor Reconstruction, Tensor Kl, Tensor Mean, Tensor? LogRatio, Tensor? Penalty, int Samples, Tensor? Usage = null,
    IReadOnlyList<Tensor>? PartLogDensities = null);
