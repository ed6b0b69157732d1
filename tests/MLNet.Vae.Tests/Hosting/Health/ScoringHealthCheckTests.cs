using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MLNet.Vae.Tests.Hosting.Health;

public class ScoringHealthCheckTests
{
    [Fact]
    public async Task Is_degraded_while_an_earlier_model_scores()
    {
        using var file = ServedFile.Of(ServedFile.Detector());
        Assert.Equal(HealthStatus.Healthy, (await Check(file)).Status);

        await File.WriteAllTextAsync(file.Path, "no model", TestContext.Current.CancellationToken);
        await file.Until(status => status.Fault is not null);
        var entry = await Check(file);
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith("An earlier model scores: ", entry.Description, StringComparison.Ordinal);

        file.Write(ServedFile.Detector(2));
        await file.Until(status => status.Fault is null);
        Assert.Equal(HealthStatus.Healthy, (await Check(file)).Status);
    }

    [Fact]
    public async Task Is_unhealthy_without_a_model()
    {
        using var file = new ServedFile();
        file.Serve();
        Assert.Equal(HealthStatus.Unhealthy, (await Check(file)).Status);
    }

    private static async Task<HealthReportEntry> Check(ServedFile file)
    {
        var report = await file.Provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        return Assert.Single(report.Entries, entry => entry.Key == "vae").Value;
    }
}
