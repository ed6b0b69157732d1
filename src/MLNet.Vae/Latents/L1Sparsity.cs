namespace MLNet.Vae;

/// <summary>weight · Σ |z|; see <see cref="VaeSparsity.L1"/>.</summary>
public sealed record L1Sparsity : VaeSparsity
{
    internal L1Sparsity(double weight) : base(weight)
    {
    }
}
