using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>weight · Σ KL(ρ ‖ mean activation); see <see cref="VaeSparsity.KlToTarget"/>.</summary>
public sealed record KlSparsity : VaeSparsity
{
    internal KlSparsity(double rho, double weight) : base(weight) => Rho = rho;

    /// <summary>ρ, the mean activation aimed at, above 0 and below 1.</summary>
    public double Rho { get; init; }

    /// <summary>Σ KL(ρ ‖ ρ̂), KL(ρ ‖ ρ̂) = ρ ln(ρ/ρ̂) + (1 − ρ) ln((1 − ρ)/(1 − ρ̂)), ρ̂ the mean over the rows, <c>[latent]</c>.</summary>
    private protected override Tensor Unweighted(Tensor code, Scalar rows)
    {
        // A mean activation that has rounded to 0 or 1 would make the logarithm infinite.
        using Scalar minimum = 1e-6, maximum = 1 - 1e-6, one = 1;
        using Scalar on = Rho, off = 1 - Rho, negativeEntropy = Rho * Math.Log(Rho) + (1 - Rho) * Math.Log(1 - Rho);
        var rate = (code.sum(0L) / rows).clamp(minimum, maximum);
        var crossEntropy = -(on * rate.log()).Plus(off * (-rate).Plus(one).log());
        return crossEntropy.Plus(negativeEntropy).sum();
    }

    internal override IEnumerable<string> Faults(Activation? activation)
    {
        foreach (var fault in base.Faults(activation))
            yield return fault;
        if (!(Rho is > 0 and < 1))
            yield return OptionFaults.Expected($"{nameof(DeterministicLatent.Sparsity)}.{nameof(Rho)}", Rho, "above 0 and below 1");
        if (activation != Activation.Sigmoid)
        {
            yield return $"{nameof(DeterministicLatent.Sparsity)} {nameof(KlToTarget)} compares mean activations, which must lie between "
                + $"0 and 1; set {nameof(DeterministicLatent.Activation)} to {nameof(Activation.Sigmoid)}";
        }
    }
}
