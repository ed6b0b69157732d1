using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MLNet.Vae;
using MLNet.Vae.Fleets;
using MLNet.Vae.Jobs;
using MLNet.Vae.Models;
using MLNet.Vae.Partitions;
using MLNet.Vae.Paths;
using MLNet.Vae.Storage;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds scoring to silos, and what asks for it to clients.</summary>
public static class VaeScoringSiloBuilderExtensions
{
    /// <summary>
    /// Adds bulk jobs and fleets to a silo. It listens on loopback unless <c>ConfigureEndpoints</c> says otherwise, and keeps jobs and
    /// models in memory unless a storage named <see cref="VaeClusterOptions.StorageName"/> is there.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Names the folders of clients' files and the fleets; the same on all silos.</param>
    /// <returns>The same builder.</returns>
    public static ISiloBuilder AddVaeScoring(this ISiloBuilder builder, Action<VaeClusterOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var services = builder.Services;
        services.AddOptions<VaeClusterOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VaeClusterOptions>, ClusterOptionsCheck>());
        services.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress ??= IPAddress.Loopback);
        // One that is added later takes its place.
        if (!services.Any(service => service.ServiceType == typeof(IGrainStorage)
            && VaeClusterOptions.StorageName.Equals(service.ServiceKey)))
        {
            builder.AddMemoryGrainStorage(VaeClusterOptions.StorageName);
        }

        services.TryAddSingleton<AllowedPaths>();
        services.TryAddSingleton<StorageRetry>();
        services.TryAddKeyedSingleton<IGrainStorage, PatientStorage>(PatientStorage.Name);
        services.TryAddSingleton<SharedModels>();
        services.TryAddSingleton<JobCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddTransient<SiloSlots>();
        services.TryAddSingleton<PartitionWorker>();
        services.TryAddSingleton<FleetTraining>();
        services.TryAddKeyedSingleton<IVaePartitionReader, TextPartitionReader>(VaeJob.TextReader);
        services.TryAddKeyedSingleton<IVaePartitionReader, ParquetPartitionReader>(VaeJob.ParquetReader);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JobKeeper>());
        AddClients(services);
        return builder;
    }

    /// <summary>Adds <see cref="VaeJobClient"/> and <see cref="VaeFleetClient"/> to a client of the cluster; silos have them.</summary>
    /// <param name="builder">The client.</param>
    /// <returns>The same builder.</returns>
    public static IClientBuilder AddVaeScoringClient(this IClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddClients(builder.Services);
        return builder;
    }

    private static void AddClients(IServiceCollection services)
    {
        services.TryAddSingleton<VaeJobClient>();
        services.TryAddSingleton<VaeFleetClient>();
    }
}
