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
    private readonly List<SiloProcess> _silos = [];

    /// <summary>One silo, in this process.</summary>
    /// <returns>The exit code.</returns>
    public int Embedded()
    {
        Output.Heading("A bulk job");
        _bulk.Prepare();
        using var host = SiloHost.Silo(null, folder);
        host.Start();
        var isSame = _bulk.Run(
            host.Services.GetRequiredService<VaeJobClient>(), "1 silo", () => Environment.WorkingSet >> 20,
            () => Environment.CpuUsage.TotalTime);

        Output.Heading("A fleet");
        var fleet = new FleetRun(host.Services.GetRequiredService<VaeFleetClient>(), keys);
        fleet.Learn();
        fleet.Measure();
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
        try
        {
            var isSame = false;
            Start();
            Ask(client =>
            {
                isSame = Bulk(client.GetRequiredService<VaeJobClient>(), Start);
                Output.Heading("A fleet");
                new FleetRun(client.GetRequiredService<VaeFleetClient>(), keys).Learn();
            });
            Stop();
            Start();
            Ask(client =>
            {
                var fleet = new FleetRun(client.GetRequiredService<VaeFleetClient>(), keys);
                fleet.Activate(Memory);
                fleet.Measure();
            });
            return isSame ? 0 : 1;
        }
        finally
        {
            Stop();
        }

        void Start() => _silos.Add(SiloProcess.Start(database.ConnectionString, folder));

        void Ask(Action<IServiceProvider> work)
        {
            using var client = SiloHost.Client(database.ConnectionString);
            client.Start();
            work(client.Services);
            client.StopAsync().Wait();
        }
    }

    private bool Bulk(VaeJobClient jobs, Action start)
    {
        var isSame = _bulk.Run(jobs, "1 silo", Memory, Worked);
        while (_silos.Count < MostSilos)
        {
            start();
            isSame &= _bulk.Run(jobs, $"{_silos.Count} silos", Memory, Worked);
        }
        return isSame & _bulk.Run(jobs, $"{_silos.Count} silos, one killed", Memory, Worked, Kill);
    }

    /// <summary>Of the largest of them, MiB.</summary>
    private long Memory() => _silos.Max(silo => silo.ResidentMegabytes);

    private TimeSpan Worked() => _silos.Aggregate(TimeSpan.Zero, (sum, silo) => sum + silo.Worked);

    private void Kill()
    {
        _silos[^1].Kill();
        _silos[^1].Dispose();
        _silos.RemoveAt(_silos.Count - 1);
    }

    private void Stop()
    {
        foreach (var silo in _silos)
            silo.Dispose();
        _silos.Clear();
    }
}
