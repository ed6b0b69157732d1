using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace Cluster;

/// <summary>A silo in a process of its own, which ends with this one.</summary>
internal sealed class SiloProcess : IDisposable
{
    /// <summary>What the database is told a silo by: not on its command line, which everybody on the machine can read.</summary>
    public const string ConnectionVariable = "CLUSTER_CONNECTION";

    private const string Ready = "ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private SiloProcess(Process process) => _process = process;

    /// <summary>Memory of the process, MiB.</summary>
    public long ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 >> 20;
        }
    }

    /// <summary>Time that processors have worked for it.</summary>
    public TimeSpan Worked
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts one and waits until it is part of the cluster.</summary>
    public static SiloProcess Start(string connection, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiloProcess).Assembly.Location, "silo", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[ConnectionVariable] = connection;
        var silo = new SiloProcess(Process.Start(start)!);
        while (silo._process.StandardOutput.ReadLine() is { } line)
        {
            if (line == Ready)
                return silo;
        }
        throw new InvalidOperationException("A silo did not start; it has said why above.");
    }

    /// <summary>What such a process does.</summary>
    public static int Run(string folder)
    {
        using var host = SiloHost.Silo(Environment.GetEnvironmentVariable(ConnectionVariable)!, folder);
        host.Start();
        Console.WriteLine(Ready);
        // Ends where the program that started it has gone.
        Console.In.ReadToEnd();
        host.StopAsync().Wait();
        return 0;
    }

    /// <summary>SIGKILL: no farewell.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Ends as a silo does that is stopped: what it holds in memory goes to storage.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
            Kill();
        _process.Dispose();
    }
}
