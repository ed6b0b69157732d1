using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>Values set to 0 in normalised units; see <see cref="VaeCorruption.Masking"/>.</summary>
public sealed record MaskingCorruption : VaeCorruption
{
    /// <summary>Probability that a value is set to 0, above 0 and below 1.</summary>
    public required double Share { get; init; }

    internal override Corruptor Create(TrainingRows data, Generator random) => new Masking(Share, random) { Mask = data.Mask };

    private protected override void Corrupt(Span<float> row, RowRanges ranges, RowNoise noise)
    {
        var draws = noise.Uniform(row.Length);
        for (var j = 0; j < row.Length; j++)
            row[j] = draws[j] < Share ? ranges.Offset[j] : row[j];
    }

    internal override IEnumerable<string> Faults() => ShareFaults(Share);
}
