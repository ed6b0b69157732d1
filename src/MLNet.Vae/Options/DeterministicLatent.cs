namespace MLNet.Vae;

/// <summary>z = f(x), with no distribution; see <see cref="VaeLatent.Deterministic"/>.</summary>
public sealed record DeterministicLatent : VaeLatent
{
    /// <summary>Length of the code, 1 to 4,096; above the number of features: over-complete.</summary>
    /// <value>Default: 8.</value>
    public int Dimension { get; init; } = GaussianLatent.DefaultDimension;

    /// <summary>The nonlinearity of the code itself; <see langword="null"/>: none.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Activation? Activation { get; init; }

    internal override VaeLatentKind Kind => VaeLatentKind.Deterministic;

    internal override IEnumerable<string> Faults()
    {
        if (Dimension is < 1 or > GaussianLatent.MaximumDimension)
            yield return OptionFaults.Range("latentDimension", Dimension, 1, GaussianLatent.MaximumDimension);
        if (Activation is { } activation && !Enum.IsDefined(activation))
            yield return OptionFaults.Undefined(nameof(Activation), activation);
    }
}
