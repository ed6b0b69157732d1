using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>weight · Σ z²; see <see cref="VaeSparsity.L2"/>.</summary>
public sealed record L2Sparsity : VaeSparsity
{
    internal L2Sparsity(double weight) : base(weight)
    {
    }

    private protected override Tensor Unweighted(Tensor code, Scalar rows) => code.Squared().sum() / rows;
}
