using System.Globalization;
using Microsoft.ML;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>How time grows with rows, features and latent dimensions.</summary>
internal sealed class GrowthTable : ISpeedTable
{
    private const int Rounds = 3, WarmUp = 10, Epochs = 3, Hidden = 64, Batch = 256;

    public string Name => "growth";

    public void Measure(TextWriter to, int threads)
    {
        to.WriteLine($"""
            ### Growth

            Seconds per epoch of training (hidden layer of {Hidden}, batch {Batch}) and per pass of embedding; median of {Rounds}, {threads} thread(s).

            | rows | features | latent | training, s | embedding, s |
            |---|---|---|---|---|
            """);
        (int Rows, int Features, int Latent)[] sizes =
        [
            (10_000, 30, 8),
            (100_000, 30, 8),
            (1_000_000, 30, 8),
            (100_000, 3, 8),
            (100_000, 300, 8),
            (100_000, 30, 1),
            (100_000, 30, 80),
            (20_000, 3_000, 8),
            (100_000, 30, 800),
        ];
        var measured = sizes.Select(size => (size, Training: Training(size, threads), Embedding: Embedding(size, threads))).ToList();
        foreach (var (size, training, embedding) in measured)
        {
            to.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {size.Rows:N0} | {size.Features:N0} | {size.Latent:N0} | {training:G3} | {embedding:G3} |"
                )
            );
        }
        Plot(
            "features",
            [
                .. measured
                    .Where(m => m.size.Latent == 8 && m.size is { Rows: 100_000 } or { Features: 3_000 })
                    .OrderBy(m => m.size.Features)
                    .Select(m => (m.size.Features, m.Training / m.size.Rows, m.Embedding / m.size.Rows)),
            ]
        );
        Plot(
            "latent dimensions",
            [
                .. measured
                    .Where(m => m.size is { Rows: 100_000, Features: 30 })
                    .OrderBy(m => m.size.Latent)
                    .Select(m => (m.size.Latent, m.Training / m.size.Rows, m.Embedding / m.size.Rows)),
            ]
        );
        to.WriteLine();

        void Plot(string what, (int Size, double Training, double Embedding)[] points) => to.WriteLine($$"""

            ```mermaid
            xychart-beta
                title "Microseconds per row by {{what}}: training (upper line), embedding (lower line)"
                x-axis "{{what}}" [{{string.Join(", ", points.Select(p => p.Size))}}]
                y-axis "µs per row"
                line [{{string.Join(", ", points.Select(p => Microseconds(p.Training)))}}]
                line [{{string.Join(", ", points.Select(p => Microseconds(p.Embedding)))}}]
            ```
            """);

        static string Microseconds(double seconds) => (seconds * 1e6).ToString("F2", CultureInfo.InvariantCulture);
    }

    private static double Training((int Rows, int Features, int Latent) size, int threads)
    {
        using var run = new TrainingRun(
            new()
            {
                Architecture = VaeArchitecture.Mlp(Hidden),
                Latent = VaeLatent.Gaussian(size.Latent),
                Training = new() { BatchSize = Batch },
            },
            size.Rows,
            new(size.Features),
            Epochs,
            threads
        );
        return run.SecondsPerEpoch();
    }

    private static double Embedding((int Rows, int Features, int Latent) size, int threads)
    {
        using var transformer = new VaeTransformer(
            new MLContext(),
            SampleNetwork.Model(size.Features, Hidden, size.Latent),
            new() { Threads = threads }
        );
        var view = transformer.Transform(new ArrayView(SampleNetwork.Values(size.Rows * size.Features, seed: 1), size.Features));
        for (var passes = 0; passes < WarmUp; passes++)
            Rows.Read(view, "Embedding", size.Rows);
        return Race.Median([.. Enumerable.Range(0, Rounds).Select(_ => Race.Time(() => Rows.Read(view, "Embedding", size.Rows)))]);
    }
}
