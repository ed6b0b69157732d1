using Microsoft.Extensions.Hosting;

namespace MLNet.Vae;

/// <summary>Loads the model before the first request, so that a program without one does not start.</summary>
internal sealed class ScoringStartup(Func<VaeScoringService> service) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        service();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
