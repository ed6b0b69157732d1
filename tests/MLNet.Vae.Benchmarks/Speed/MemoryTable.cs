using System.Globalization;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Peak memory of scoring and training, as rows and epochs grow.</summary>
internal sealed class MemoryTable : ISpeedTable
{
    /// <summary>More than any of the rows take.</summary>
    public const long NoLimit = 1L << 40;

    private const long MiB = 1 << 20;

    public string Name => "memory";

    public void Measure(TextWriter to, int threads)
    {
        var bytesPerRow = ChildJobs.Features * sizeof(float);
        to.WriteLine($"""
            ### Memory

            Peak memory of a process of its own, less its peak before the work; {ChildJobs.Features}-{ChildJobs.Hidden}-{ChildJobs.Latent}, one thread. The rows come from a view that holds 10,000 and repeats them.

            | | rows | rows in 32-bit floats | peak MiB beyond the start | seconds | held-out bound, nats |
            |---|---|---|---|---|---|
            """);
        foreach (var rows in new[] { 100_000L, 1_000_000, 10_000_000 })
            Print("scoring", rows, Child.Run("score", Child.Text(rows)), bound: false);
        foreach (var (rows, epochs) in new[] { (100_000, 2), (1_000_000, 2), (1_000_000, 8) })
        {
            Print(
                $"training, in memory, {epochs} epochs",
                rows,
                Child.Run("train", Child.Text(rows), Child.Text(epochs), Child.Text(NoLimit)),
                bound: true
            );
        }
        foreach (var (rows, limit) in new[] { (1_000_000, 64 * MiB), (4_000_000, 64 * MiB) })
        {
            Print(
                $"training, streamed (limit {limit / MiB} MiB), 2 epochs",
                rows,
                Child.Run("train", Child.Text(rows), "2", Child.Text(limit)),
                bound: true
            );
        }
        to.WriteLine();

        void Print(string what, long rows, ChildResult result, bool bound) =>
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {what} | {rows:N0} | {rows * bytesPerRow / (double)MiB:F0} MiB | {result.PeakMiB - result.BeforeMiB:F0} | "
                    + $"{result.Seconds:F1} | {(bound ? result.Value.ToString("F3", CultureInfo.InvariantCulture) : "")} |"
                )
            );
    }
}
