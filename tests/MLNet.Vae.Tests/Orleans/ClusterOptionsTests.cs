using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace MLNet.Vae.Tests.Orleans;

public class ClusterOptionsTests
{
    [Fact]
    public void All_faults_are_said_at_once()
    {
        using var host = Silo(options =>
        {
            options.AllowedFolders.Add(" ");
            options.MaximumConcurrency = 0;
            options.MaximumTrainings = 0;
            options.MaximumAttempts = 0;
            options.StorageAttempts = 0;
            options.StorageRetryDelay = TimeSpan.Zero;
            options.JobCheckInterval = TimeSpan.FromDays(2);
            options.Scoring = new() { Threads = 0 };
            options.Fleets["pumps"] = new()
            {
                MinimumReadings = 3,
                MaximumReadings = 2,
                RetrainEvery = 0,
                SaveEvery = 0,
                RetryDelay = TimeSpan.Zero,
            };
        });
        var fault = Assert.Throws<OptionsValidationException>(
            () => host.Services.GetRequiredService<IOptions<VaeClusterOptions>>().Value);
        Assert.Equal(
            """
            The silo cannot score like this, 12 faults:
            - AllowedFolders must hold folders, but holds one without a name
            - MaximumConcurrency must be from 1 to 1024, or null, but is 0
            - MaximumTrainings must be from 1 to 1024, but is 0
            - MaximumAttempts must be from 1 to 1000, but is 0
            - StorageAttempts must be from 1 to 1000, but is 0
            - StorageRetryDelay must be above 0 and at most a day, but is 00:00:00
            - JobCheckInterval must be above 0 and at most a day, but is 2.00:00:00
            - VaeScoringOptions.Threads must be at least 1, or null, but is 0
            - Fleets["pumps"].MinimumReadings must be from 1 to MaximumReadings, but is 3
            - Fleets["pumps"].RetrainEvery must be at least 1, or null, but is 0
            - Fleets["pumps"].SaveEvery must be at least 1, but is 0
            - Fleets["pumps"].RetryDelay must be above 0 and at most a day, but is 00:00:00
            """.ReplaceLineEndings("\n"),
            fault.Message);
    }

    [Fact]
    public void A_silo_listens_on_loopback_unless_told_otherwise()
    {
        using (var host = Silo())
        {
            var endpoints = host.Services.GetRequiredService<IOptions<EndpointOptions>>().Value;
            Assert.Equal(IPAddress.Loopback, endpoints.AdvertisedIPAddress);
            Assert.Null(endpoints.SiloListeningEndpoint);
            Assert.Null(endpoints.GatewayListeningEndpoint);
        }
        using var told = Silo(build: silo => silo.ConfigureEndpoints(IPAddress.Parse("192.0.2.7"), 11111, 30000));
        Assert.Equal(
            IPAddress.Parse("192.0.2.7"), told.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.AdvertisedIPAddress);
    }

    private static IHost Silo(Action<VaeClusterOptions>? configure = null, Action<ISiloBuilder>? build = null)
        => Host.CreateEmptyApplicationBuilder(null).UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            build?.Invoke(silo);
            silo.AddVaeScoring(options => configure?.Invoke(options));
        }).Build();
}
