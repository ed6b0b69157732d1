using System.Globalization;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>Whether a fit keeps to its memory limit, in memory and streamed, whatever the share held out and the epochs.</summary>
internal sealed class MemoryLimitTable : ISpeedTable
{
    private const long MiB = 1 << 20;

    /// <summary>
    /// For all that is no row of the data: a network of 5,000 weights, a block of the source and one that is judged, with what the layers
    /// make of them, the order of the rows that are in memory, and the collector's own.
    /// </summary>
    private const double AllowanceMiB = 48;

    public string Name => "memory-limit";

    public void Measure(TextWriter to, int threads)
    {
        var rowBytes = ChildJobs.Features * sizeof(float);
        to.WriteLine($"""
            ### Memory limit

            Peak memory of a process of its own, less its peak after a small fit of the same model, which loads the libraries; {ChildJobs.Features}-{ChildJobs.Hidden}-{ChildJobs.Latent}, one thread. Allowed: the limit, and {AllowanceMiB} MiB for the network, the batches and, in memory, the order of the rows.

            | limit | rows in 32-bit floats | held out | epochs | peak MiB beyond the small fit | allowed | within |
            |---|---|---|---|---|---|---|
            """);
        (long Limit, long Data, double HeldOut, int Epochs)[] fits =
        [
            (256, 384, 0.1, 2),
            (256, 384, 0.1, 8),
            (256, 384, 0.5, 2),
            (256, 250, 0.1, 2),
            (64, 384, 0.1, 2),
            (512, 384, 0.1, 2),
        ];
        foreach (var (limit, data, heldOut, epochs) in fits)
        {
            var rows = data * MiB / rowBytes;
            var result = Child.Run("limit", Child.Text(rows), Child.Text(epochs), Child.Text(limit * MiB), Child.Text(heldOut));
            var (peak, allowed) = (result.PeakMiB - result.BeforeMiB, limit + AllowanceMiB);
            var isWithin = peak <= allowed ? "yes" : "no";
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {limit} MiB | {data} MiB | {heldOut:P0} | {epochs} | {peak:F0} | {allowed:F0} | {isWithin} |"
                )
            );
        }
        to.WriteLine();
    }
}
