using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MLNet.Vae;
using Orleans.Configuration;

namespace Cluster;

/// <summary>What makes a process a silo, and what makes one a client of them.</summary>
internal static class SiloHost
{
    public const string Fleet = "machines";
    private const string Name = "mlnet-vae-example", Npgsql = "Npgsql";

    /// <param name="connection">Of the database; <see langword="null"/>: this process is the whole cluster.</param>
    /// <param name="folder">That clients may name files in.</param>
    public static IHost Silo(string? connection, string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            var port = PostgresServer.FreePort();
            if (connection is null)
            {
                silo.UseLocalhostClustering(port, PostgresServer.FreePort());
            }
            else
            {
                silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, connection));
                silo.AddAdoNetGrainStorage(
                    VaeClusterOptions.StorageName, options => (options.Invariant, options.ConnectionString) = (Npgsql, connection));
                silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = Name);
                silo.ConfigureEndpoints(IPAddress.Loopback, port, PostgresServer.FreePort());
                // A silo that is killed is missed after two seconds: on one machine nothing else delays an answer so long.
                silo.Configure<ClusterMembershipOptions>(options =>
                {
                    options.ProbeTimeout = TimeSpan.FromSeconds(1);
                    options.NumMissedProbesLimit = 2;
                });
            }
            silo.AddVaeScoring(options =>
            {
                options.AllowedFolders.Add(folder);
                options.MaximumConcurrency = 1;
                options.Fleets[Fleet] = new() { MinimumReadings = FleetRun.Readings };
            });
            silo.Services.AddKeyedSingleton<IVaeFleetTrainer, MachineTrainer>(Fleet);
        });
        return builder.Build();
    }

    public static IHost Client(string connection)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Npgsql, connection));
            client.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = Name);
            client.AddVaeScoringClient();
        });
        return builder.Build();
    }
}
