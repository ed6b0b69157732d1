using Microsoft.Extensions.Diagnostics.HealthChecks;
using MLNet.Vae;
using MLNet.Vae.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the health of served models.</summary>
public static class VaeScoringHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a <see cref="VaeScoringService"/>: healthy where the model of the file scores, degraded where the file has changed
    /// to one that cannot be used and an earlier model scores, unhealthy where none does.
    /// </summary>
    /// <param name="builder">Of the program's checks.</param>
    /// <param name="name">What the model was added as; empty: that without a name.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddVaeScoring(this IHealthChecksBuilder builder, string name = "")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        return builder.Add(new HealthCheckRegistration(
            name.Length == 0 ? "vae" : $"vae {name}",
            provider => new ScoringHealthCheck(() => provider.GetVaeScoring(name)),
            failureStatus: null,
            tags: null));
    }
}
