using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// What keeps most of a deterministic code near zero: a penalty that is added to the loss, nats per row. See
/// <see cref="DeterministicLatent.Sparsity"/>.
/// </summary>
public abstract record VaeSparsity
{
    private protected VaeSparsity(double weight) => Weight = weight;

    /// <summary>What the penalty is multiplied by, above 0. More gives fewer active units and coarser reconstructions.</summary>
    public double Weight { get; init; }

    /// <summary>weight · Σ |z|, mean over rows: exact zeros where the code's activation is <see cref="Activation.Relu"/>.</summary>
    /// <param name="weight">Above 0.</param>
    public static L1Sparsity L1(double weight) => new(weight);

    /// <summary>weight · Σ z², mean over rows: small values, seldom zeros.</summary>
    /// <param name="weight">Above 0.</param>
    public static L2Sparsity L2(double weight) => new(weight);

    /// <summary>
    /// weight · Σ KL(ρ ‖ ρ̂), ρ̂ the mean of each unit over the rows of a batch, both read as Bernoulli probabilities (Ng 2011, Sparse
    /// autoencoder, section 3): each unit is on for a share ρ of the rows. Needs a code in (0, 1):
    /// <see cref="DeterministicLatent.Activation"/>
    /// <see cref="Activation.Sigmoid"/>.
    /// </summary>
    /// <param name="rho">ρ, the mean activation aimed at, above 0 and below 1.</param>
    /// <param name="weight">Above 0.</param>
    public static KlSparsity KlToTarget(double rho, double weight) => new(rho, weight);

    /// <summary>The penalty: code <c>[rows, latent]</c> → a scalar, mean per row.</summary>
    internal Tensor Penalty(Tensor code)
    {
        using Scalar weight = Weight, rows = code.size(0);
        return weight * Unweighted(code, rows);
    }

    private protected abstract Tensor Unweighted(Tensor code, Scalar rows);

    internal virtual IEnumerable<string> Faults(Activation? activation)
    {
        if (!(Weight > 0 && double.IsFinite(Weight)))
            yield return OptionFaults.Expected($"{nameof(DeterministicLatent.Sparsity)}.{nameof(Weight)}", Weight, "above 0 and finite");
    }
}
