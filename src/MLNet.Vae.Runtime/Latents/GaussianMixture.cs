namespace MLNet.Vae.Latents;

/// <summary>p(z) = Σ_c π_c N(z; μ_c, diag σ_c²).</summary>
/// <param name="LogWeights">ln π, <c>[components]</c>.</param>
/// <param name="Means">μ, row-major, <c>[components, latent]</c>.</param>
/// <param name="LogSigmas">ln σ, row-major, <c>[components, latent]</c>.</param>
internal sealed record GaussianMixture(float[] LogWeights, float[] Means, float[] LogSigmas)
{
    public int Components => LogWeights.Length;

    public int Length => Means.Length / Components;

    public IReadOnlyList<VaeMixtureComponent> Describe() =>
    [
        .. Enumerable.Range(0, Components).Select(c => new VaeMixtureComponent
        {
            Weight = Math.Exp(LogWeights[c]),
            Mean = Means[(c * Length)..((c + 1) * Length)],
            LogSigma = LogSigmas[(c * Length)..((c + 1) * Length)],
        }),
    ];
}
