using System.Diagnostics;
using System.Globalization;
using MLNet.Vae.Benchmarks.Numbers.Anomalies;
using static System.FormattableString;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>Measures the tables and writes them as one Markdown document, docs/numbers.md.</summary>
internal static class NumbersReport
{
    public static IReadOnlyList<INumbersTable> Tables { get; } =
    [
        new ClosedForms(),
        new MnistLikelihood(),
        new MixtureClustering(),
        new AnomalyTables(),
        new KnownAnomalies(),
        new Series.SeriesTable(),
        new ThresholdShares(),
        new CodebookUse(),
        new CodeMaps(),
        new Compression(),
        new FewLabels(),
        new Features.FeatureTables(),
        new Features.NeighborTables(),
        new ConvolutionalComparison(),
        new Tables.Synthesis(),
        new Tables.Imputation(),
    ];

    /// <param name="tables">In this order.</param>
    /// <param name="options">For all.</param>
    /// <param name="output">Takes the document, table by table as they are done.</param>
    public static void Write(IEnumerable<INumbersTable> tables, NumbersOptions options, TextWriter output)
    {
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        output.Write(
            $"""
            # Numbers, as measured

            {date}, {Machine.Describe()}, {options.Threads} torch threads. This file is the output of

            ```
            dotnet run -c Release --project tests/MLNet.Vae.Benchmarks -- numbers{(options.Full ? " --full" : "")} > docs/numbers.md
            ```

            Nats are per row, summed over features, in normalised units. "Published" figures are others', at their set-up.

            """.ReplaceLineEndings("\n"));
        foreach (var table in tables)
        {
            output.Write($"\n## {table.Title}\n\n");
            if (table.Files.FirstOrDefault(file => !File.Exists(options.Path(file))) is { } missing)
            {
                output.Write($"Skipped: `{missing}` is not in the data folder.\n");
                continue;
            }
            output.Write($"{table.Describe(options)}\n");
            var clock = Stopwatch.StartNew();
            foreach (var part in table.Measure(options))
            {
                output.Write($"\n{part}");
                output.Flush();
            }
            output.Write(Invariant($"\nTook {clock.Elapsed.TotalSeconds:F0} s.\n"));
        }
    }
}
