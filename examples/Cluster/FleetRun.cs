using System.Diagnostics;
using Examples;
using MLNet.Vae;

namespace Cluster;

/// <summary>A model for each of many machines, learned by the silos from the readings that they are given.</summary>
internal sealed class FleetRun(VaeFleetClient fleet, int keys)
{
    /// <summary>Of a machine before it has a model.</summary>
    public const int Readings = 200;

    private const int Callers = 16, RowsAtOnce = 32;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3), Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Gives each machine readings and waits until each has a model.</summary>
    public void Learn()
    {
        var watch = Stopwatch.StartNew();
        Each(machine => fleet.Score(SiloHost.Fleet, Key(machine), new MachineRows(machine).Take(Readings), MachineRows.Sensors));
        Output.Line($"{Readings} readings of each of {keys:N0} machines: {Output.Seconds(watch.Elapsed)}");
        Each(async machine =>
        {
            while (await fleet.GetStatus(SiloHost.Fleet, Key(machine)) is { ModelVersion: 0 } status)
            {
                if (status.Fault is not null)
                    throw new InvalidOperationException(status.Fault);
                await Task.Delay(Poll);
            }
        });
        Output.Line(
            $"{keys:N0} models trained: {Output.Seconds(watch.Elapsed)}, {watch.Elapsed.TotalMilliseconds / keys:N0} ms each");
    }

    /// <summary>Asks each machine for its score: those that are not in memory come back from storage.</summary>
    public void Activate(Func<long> memory)
    {
        // The first brings ONNX Runtime and the code with it.
        Score(0, 1).Wait();
        var (before, watch) = (memory(), Stopwatch.StartNew());
        for (var machine = 1; machine < keys; machine++)
            Score(machine, 1).Wait();
        var (each, grown) = (watch.Elapsed.TotalMilliseconds / Math.Max(1, keys - 1), memory() - before);
        Output.Line($"{keys:N0} machines back from storage, one after the other: {each:F1} ms each");
        Output.Line($"    {grown:N0} MiB more, {(keys - 1) * 1024.0 / Math.Max(1, grown):N0} models a GiB");
    }

    /// <summary>As many readings as it takes a while.</summary>
    public void Measure()
    {
        Output.Line($"readings a second, one in each call: {Rate(1):N0}; {RowsAtOnce}: {Rate(RowsAtOnce):N0}");
    }

    private double Rate(int rows)
    {
        var (watch, count) = (Stopwatch.StartNew(), 0L);
        Task.WaitAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var machine = caller; watch.Elapsed < Measured; machine += Callers)
            {
                await Score(machine % keys, rows);
                Interlocked.Add(ref count, rows);
            }
        })));
        return count / watch.Elapsed.TotalSeconds;
    }

    private async Task<IReadOnlyList<float>> Score(int machine, int rows)
    {
        var readings = new MachineRows(machine).Take(rows);
        var result = await fleet.Score(SiloHost.Fleet, Key(machine), readings, MachineRows.Sensors);
        return result.Scores ?? throw new InvalidOperationException($"{Key(machine)} has no model.");
    }

    private void Each(Func<int, Task> work)
        => Parallel.ForEachAsync(Enumerable.Range(0, keys), new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (machine, _) => await work(machine)).Wait();

    private static string Key(int machine) => FormattableString.Invariant($"machine {machine}");
}
