using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>Values set to an end of the feature's range; see <see cref="VaeCorruption.SaltAndPepper"/>.</summary>
public sealed record SaltAndPepperCorruption : VaeCorruption
{
    /// <summary>Probability that a value is set to an end of the range, above 0 and below 1.</summary>
    public required double Share { get; init; }

    internal override Corruptor Create(TrainingRows data, Generator random) => new SaltAndPepper(Share, data, random) { Mask = data.Mask };

    private protected override void Corrupt(Span<float> row, RowRanges ranges, RowNoise noise)
    {
        var draws = noise.Uniform(row.Length);
        for (var j = 0; j < row.Length; j++)
            row[j] = draws[j] >= Share ? row[j] : draws[j] >= Share / 2 ? ranges.Largest[j] : ranges.Least[j];
    }

    internal override IEnumerable<string> Faults() => ShareFaults(Share);
}
