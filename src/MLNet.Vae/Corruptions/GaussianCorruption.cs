using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>x + σ·ε; see <see cref="VaeCorruption.GaussianNoise"/>.</summary>
public sealed record GaussianCorruption : VaeCorruption
{
    /// <summary>σ, normalised units, above 0.</summary>
    public required double Sigma { get; init; }

    internal override Corruptor Create(TrainingRows data, Generator random) => new GaussianNoise(Sigma, random) { Mask = data.Mask };

    private protected override void Corrupt(Span<float> row, RowRanges ranges, RowNoise noise)
    {
        var normals = noise.Normal(row.Length);
        for (var j = 0; j < row.Length; j++)
            row[j] = (float)(row[j] + Sigma * ranges.Scale[j] * normals[j]);
    }

    internal override IEnumerable<string> Faults()
    {
        if (!(Sigma > 0 && double.IsFinite(Sigma)))
            yield return OptionFaults.Expected($"{nameof(VaeModelOptions.Corruption)}.{nameof(Sigma)}", Sigma, "above 0 and finite");
    }
}
