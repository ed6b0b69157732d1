using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>
/// What a latent variable says of a batch. With K samples per row, sampled tensors have K·rows rows: all rows with their first sample,
/// then all with their second, and so on.
/// </summary>
/// <param name="Sample">z ~ q(z | x), <c>[K·rows, latent]</c>.</param>
/// <param name="Mean">The embedding, <c>[rows, latent]</c>.</param>
/// <param name="LogSigma">Posterior log σ, <c>[rows, latent]</c>; <see langword="null"/>: there is no distribution.</param>
/// <param name="Kl">KL(q(z | x) ‖ p(z)) of each dimension, nats, <c>[rows, latent]</c>; zeros where there is no distribution.</param>
/// <param name="LogRatio">ln p(z) − ln q(z | x) of each sample, <c>[K·rows]</c>, where it was asked for.</param>
/// <param name="Penalty">
/// What the variable itself adds to the loss, such as a sparsity or commitment term; a scalar, mean per row; <see langword="null"/>:
/// nothing.
/// </param>
/// <param name="Usage">
/// How many codes of the batch each entry of a codebook is, <c>[codebook]</c>; <see langword="null"/>: there is no codebook.
/// </param>
/// <param name="Weights">
/// What each sample counts, times the number of samples, <c>[K·rows]</c>, of a variable with <see cref="LatentVariable.Branches"/>;
/// <see langword="null"/>: all count alike.
/// </param>
internal sealed record LatentInference(
    Tensor Sample,
    Tensor Mean,
    Tensor? LogSigma,
    Tensor Kl,
    Tensor? LogRatio = null,
    Tensor? Penalty = null,
    Tensor? Usage = null,
    Tensor? Weights = null
);
