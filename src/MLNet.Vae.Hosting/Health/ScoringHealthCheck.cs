using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MLNet.Vae.Health;

/// <summary>Healthy: the file scores; degraded: an earlier model does; unhealthy: none.</summary>
internal sealed class ScoringHealthCheck(Func<VaeScoringService> service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        => Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        VaeServiceStatus status;
        try
        {
            status = service().Status;
        }
        catch (Exception fault)
        {
            return HealthCheckResult.Unhealthy("No model is served.", fault);
        }
        var data = new Dictionary<string, object>
        {
            [nameof(status.LoadedAt)] = status.LoadedAt,
            [nameof(status.Reloads)] = status.Reloads,
        };
        if (status.AnomalousShare is { } share)
            data[nameof(status.AnomalousShare)] = share;
        if (status.PopulationStabilityIndex is { } index)
            data[nameof(status.PopulationStabilityIndex)] = index;
        return status.Fault is { } reason
            ? HealthCheckResult.Degraded($"An earlier model scores: {reason}", data: data)
            : HealthCheckResult.Healthy("The model of the file scores.", data);
    }
}
