using System.Collections.Immutable;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>Levels of Gaussians, each the prior of the one below; see <see cref="VaeLatent.Hierarchical"/>.</summary>
public sealed record HierarchicalLatent : VaeLatent
{
    /// <summary>Most levels allowed.</summary>
    internal const int MaximumLevels = 8;

    /// <summary>Units of the networks between levels when none are given.</summary>
    internal const int DefaultHiddenSize = 64;

    /// <summary>
    /// Latent dimensions of each level, from the one that the decoder reads up: 1 to 8 levels, together 1 to 4,096 dimensions. The
    /// embedding has all of them, in this order.
    /// </summary>
    /// <value>Default: 8, 4.</value>
    public ImmutableArray<int> Dimensions { get; init; } = [8, 4];

    /// <summary>
    /// Units of the hidden layer of each network between two levels, up and down, 1 to 65,536; activation and layer normalisation are the
    /// architecture's.
    /// </summary>
    /// <value>Default: 64.</value>
    public int HiddenSize { get; init; } = DefaultHiddenSize;

    internal override VaeLatentKind Kind => VaeLatentKind.Hierarchical;

    /// <inheritdoc/>
    public bool Equals(HierarchicalLatent? other)
        => other is not null && Dimensions.SequenceEqual(other.Dimensions) && HiddenSize == other.HiddenSize;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dimensions.Length, HiddenSize);

    internal override LatentVariable Create(LatentSurroundings surroundings, ParameterVector parameters, Generator random)
        => new HierarchicalVariable(surroundings, this, parameters, random);

    internal override IEnumerable<string> Faults()
    {
        if (Dimensions.IsDefaultOrEmpty || Dimensions.Length > MaximumLevels)
            yield return OptionFaults.Range(nameof(Dimensions) + ".Length", Dimensions.IsDefault ? 0 : Dimensions.Length, 1, MaximumLevels);
        if (!Dimensions.IsDefaultOrEmpty)
        {
            foreach (var dimension in Dimensions.Where(d => d is < 1 or > GaussianLatent.MaximumDimension))
                yield return OptionFaults.Range(nameof(Dimensions), dimension, 1, GaussianLatent.MaximumDimension);
            if (
                Dimensions.All(d => d is >= 1 and <= GaussianLatent.MaximumDimension)
                && Dimensions.Sum(d => (long)d) is var sum and > GaussianLatent.MaximumDimension
            )
            {
                yield return OptionFaults.Expected("the sum of " + nameof(Dimensions), sum, $"at most {GaussianLatent.MaximumDimension}");
            }
        }
        if (HiddenSize is < 1 or > MlpArchitecture.MaximumHiddenSize)
            yield return OptionFaults.Range(nameof(HiddenSize), HiddenSize, 1, MlpArchitecture.MaximumHiddenSize);
    }
}
