namespace MLNet.Vae;

/// <summary>What training maximises: E ln p(x | z) − β · KL(q(z | x) ‖ p(z)), nats per row, summed over features and latents.</summary>
public sealed record VaeObjective
{
    /// <summary>Largest β allowed.</summary>
    public const double MaximumBeta = 1e6;

    /// <summary>Weight of the KL term, 0 to 1,000,000 (Higgins et al. 2017). 1 is the evidence lower bound; more gives fewer active units and coarser reconstructions.</summary>
    /// <value>Default: 1.</value>
    public double Beta { get; init; } = 1;

    internal IEnumerable<string> Faults()
    {
        if (!(Beta is >= 0 and <= MaximumBeta))
            yield return OptionFaults.Range(nameof(Beta), Beta, 0, MaximumBeta);
    }
}
