using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>
/// One component of a mixture prior, π·N(μ, diag σ²), as learned. A row like those of the group: decode a sample of N(μ, diag σ²).
/// </summary>
public sealed record VaeMixtureComponent
{
    [JsonConstructor]
    internal VaeMixtureComponent() { }

    /// <summary>π, the share of the prior that the component has; all of them sum to 1.</summary>
    public required double Weight { get; init; }

    /// <summary>μ, a value for each latent dimension.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>Natural log of σ, the standard deviation, of each latent dimension.</summary>
    public required IReadOnlyList<float> LogSigma { get; init; }
}
