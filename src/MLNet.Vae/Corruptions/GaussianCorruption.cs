using MLNet.Vae.Corruptions;
using MLNet.Vae.Data;
using static TorchSharp.torch;

namespace MLNet.Vae;

/// <summary>x + σ·ε; see <see cref="VaeCorruption.GaussianNoise"/>.</summary>
public sealed record GaussianCorruption : VaeCorruption
{
    /// <summary>σ, normalised units, above 0.</summary>
    public required double Sigma { get; init; }

    internal override Corruptor Create(TrainingRows data, Generator random) => new GaussianNoise(Sigma, random);

    internal override IEnumerable<string> Faults()
    {
        if (!(Sigma > 0 && double.IsFinite(Sigma)))
            yield return OptionFaults.Expected($"{nameof(VaeModelOptions.Corruption)}.{nameof(Sigma)}", Sigma, "above 0 and finite");
    }
}
