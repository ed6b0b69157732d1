using MLNet.Vae.Initialization;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>
/// z = f(x), with no distribution: there is no log σ, and no KL term for <see cref="VaeObjective"/> to weigh; see
/// <see cref="VaeLatent.Deterministic"/>.
/// </summary>
public sealed record DeterministicLatent : VaeLatent
{
    /// <summary>Length of the code, 1 to 4,096; above the number of features: over-complete.</summary>
    /// <value>Default: 8.</value>
    public int Dimension { get; init; } = GaussianLatent.DefaultDimension;

    /// <summary>The nonlinearity of the code itself; <see langword="null"/>: none.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Activation? Activation { get; init; }

    /// <summary>What keeps most of the code near zero (sparse autoencoder); <see langword="null"/>: nothing.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public VaeSparsity? Sparsity { get; init; }

    internal override VaeLatentKind Kind => VaeLatentKind.Deterministic;

    internal override VaeLatent WithDimension(int dimension) => this with { Dimension = dimension };

    internal override int? ClosedFormDimension => Activation is null ? Dimension : null;

    internal override LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random)
        => new DeterministicVariable(surroundings.Hidden, this, parameters, random);

    internal override LinearSolution ClosedForm(PrincipalComponents pca, double? sigma) => PcaSolution.Plain(pca, Dimension, sigma);

    internal override IEnumerable<string> Faults()
    {
        if (Dimension is < 1 or > GaussianLatent.MaximumDimension)
            yield return OptionFaults.Range("latentDimension", Dimension, 1, GaussianLatent.MaximumDimension);
        if (Activation is { } activation && !Enum.IsDefined(activation))
            yield return OptionFaults.Undefined(nameof(Activation), activation);
        foreach (var fault in Sparsity?.Faults(Activation) ?? [])
            yield return fault;
    }
}
