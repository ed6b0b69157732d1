using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>weight · Σ |z|; see <see cref="VaeSparsity.L1"/>.</summary>
public sealed record L1Sparsity : VaeSparsity
{
    internal L1Sparsity(double weight) : base(weight)
    {
    }

    private protected override Tensor Unweighted(Tensor code, Scalar rows) => code.abs().sum() / rows;
}
