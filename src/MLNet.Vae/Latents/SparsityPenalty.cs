using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Latents;

/// <summary>The terms of <see cref="VaeSparsity"/>: code <c>[rows, latent]</c> → a scalar, mean per row.</summary>
internal static class SparsityPenalty
{
    // A mean activation that has rounded to 0 or 1 would make the logarithm infinite.
    private static readonly Scalar MinimumRate = 1e-6, MaximumRate = 1 - 1e-6;

    private static readonly Scalar One = 1;

    public static Tensor Of(VaeSparsity sparsity, Tensor code)
    {
        using Scalar weight = sparsity.Weight, rows = code.size(0);
        return weight * (sparsity switch
        {
            L1Sparsity => code.abs().sum() / rows,
            L2Sparsity => code.Squared().sum() / rows,
            KlSparsity kl => Bernoulli(kl.Rho, code.sum(0L) / rows).sum(),
            _ => throw new InvalidOperationException($"Unknown sparsity {sparsity}."),
        });
    }

    /// <summary>KL(ρ ‖ ρ̂) = ρ ln(ρ/ρ̂) + (1 − ρ) ln((1 − ρ)/(1 − ρ̂)), <c>[latent]</c>.</summary>
    private static Tensor Bernoulli(double rho, Tensor rate)
    {
        using Scalar on = rho, off = 1 - rho, negativeEntropy = rho * Math.Log(rho) + (1 - rho) * Math.Log(1 - rho);
        var clamped = rate.clamp(MinimumRate, MaximumRate);
        var crossEntropy = -(on * clamped.log()).Plus(off * (-clamped).Plus(One).log());
        return crossEntropy.Plus(negativeEntropy);
    }
}
