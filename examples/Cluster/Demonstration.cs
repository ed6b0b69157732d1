using Examples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MLNet.Vae;

namespace Cluster;

/// <summary>The two parts, with a database and silos of their own, or without.</summary>
internal sealed class Demonstration(string folder, int rows, int keys)
{
    private const int MostSilos = 3;

    private readonly BulkJob _bulk = new(folder, rows);
    private readonly int _keys = keys; // TEMP
    public int Keys => _keys;

    /// <summary>One silo, in this process.</summary>
    /// <returns>The exit code.</returns>
    public int Embedded()
    {
        Output.Heading("A bulk job");
        _bulk.Prepare();
        using var host = SiloHost.Silo(null, folder);
        host.Start();
        var isSame = _bulk.Run(host.Services.GetRequiredService<VaeJobClient>(), "1 silo", () => Environment.WorkingSet >> 20);
        host.StopAsync().Wait();
        return isSame ? 0 : 1;
    }

    /// <summary>Silos in processes of their own, of which one is killed.</summary>
    /// <returns>The exit code.</returns>
    public int Distributed()
    {
        Output.Heading("A bulk job");
        _bulk.Prepare();
        using var database = Output.Timed("a PostgreSQL server", _ => PostgresServer.Start());
        var silos = new List<SiloProcess>();
        try
        {
            silos.Add(SiloProcess.Start(database.ConnectionString, folder));
            using var client = SiloHost.Client(database.ConnectionString);
            client.Start();
            var jobs = client.Services.GetRequiredService<VaeJobClient>();
            var isSame = _bulk.Run(jobs, "1 silo", Memory);
            while (silos.Count < MostSilos)
            {
                silos.Add(SiloProcess.Start(database.ConnectionString, folder));
                isSame &= _bulk.Run(jobs, $"{silos.Count} silos", Memory);
            }
            isSame &= _bulk.Run(jobs, $"{silos.Count} silos, one killed", Memory, Kill);
            client.StopAsync().Wait();
            return isSame ? 0 : 1;
        }
        finally
        {
            foreach (var silo in silos)
                silo.Dispose();
        }

        long Memory() => silos.Max(silo => silo.ResidentMegabytes);

        void Kill()
        {
            silos[^1].Dispose();
            silos.RemoveAt(silos.Count - 1);
        }
    }
}
