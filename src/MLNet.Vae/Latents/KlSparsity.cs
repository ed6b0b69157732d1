namespace MLNet.Vae;

/// <summary>weight · Σ KL(ρ ‖ mean activation); see <see cref="VaeSparsity.KlToTarget"/>.</summary>
public sealed record KlSparsity : VaeSparsity
{
    internal KlSparsity(double rho, double weight) : base(weight) => Rho = rho;

    /// <summary>ρ, the mean activation aimed at, above 0 and below 1.</summary>
    public double Rho { get; init; }

    internal override IEnumerable<string> Faults(Activation? activation)
    {
        foreach (var fault in base.Faults(activation))
            yield return fault;
        if (!(Rho is > 0 and < 1))
            yield return OptionFaults.Expected($"{nameof(DeterministicLatent.Sparsity)}.{nameof(Rho)}", Rho, "above 0 and below 1");
        if (activation != Activation.Sigmoid)
            yield return $"{nameof(DeterministicLatent.Sparsity)} {nameof(KlToTarget)} compares mean activations, which must lie between 0 and 1; set {nameof(DeterministicLatent.Activation)} to {nameof(Activation.Sigmoid)}";
    }
}
