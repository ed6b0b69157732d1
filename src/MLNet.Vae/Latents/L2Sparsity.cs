namespace MLNet.Vae;

/// <summary>weight · Σ z²; see <see cref="VaeSparsity.L2"/>.</summary>
public sealed record L2Sparsity : VaeSparsity
{
    internal L2Sparsity(double weight) : base(weight)
    {
    }
}
