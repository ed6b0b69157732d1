using MLNet.Vae.Benchmarks.Numbers.Anomalies;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>What is near by embeddings: rows of the same class, and those that are near by the features themselves.</summary>
internal sealed class NeighborTables : INumbersTable
{
    private const int Dimension = 16, Nearest = 10;

    public string Name => "neighbours";

    public string Title => "Nearest rows";

    public IReadOnlyList<string> Files => [.. FeatureSet.All.Where(set => set.IsSmall).SelectMany(set => set.Files)];

    public string Describe(NumbersOptions options) =>
        $"The {Nearest} training rows nearest to each test row, by Euclidean distance, each compared with each: the share of them that has "
        + $"the test row's class, and the share of those nearest by the features (raw, shared) that is among them, times 100. {Dimension} "
        + "numbers in place of the features, made of all training rows without labels. Fits have seed 1 and the library's defaults but "
        + "for what the row says; chance is two rows of the same class by the shares of the classes.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        foreach (var set in FeatureSet.All.Where(set => options.Full || set.IsSmall))
        {
            if (set.Files.FirstOrDefault(file => !File.Exists(options.Path(file))) is { } missing)
            {
                yield return new($"{set.Name}: skipped, `{missing}` is not in the data folder.", ["set"], []);
                continue;
            }
            var data = set.Read(options);
            var shared = Contender.Scaled("raw, shared", data, VaeNormalization.StandardizeShared);
            var near = Near(shared);
            var rows = new List<IReadOnlyList<string>> { Row(shared, near, near, data) };
            foreach (var contender in Contenders(data, shared, options))
            {
                options.Progress($"neighbours: {set.Name}, {contender.Name}");
                rows.Add(Row(contender, Near(contender), near, data));
            }
            yield return new(
                $"{set.Name}: {data.Rows.Length:N0} rows of {data.Rows[0].Length}, {data.Classes} classes, "
                    + $"{data.TestRows.Length:N0} test rows; chance {Cell(100 * Chance(data), 1)}",
                ["distance by", "numbers", "same class", "raw kept"], rows);
        }
    }

    private static IEnumerable<Contender> Contenders(FeatureData data, Contender shared, NumbersOptions options)
    {
        var standardised = Contender.Scaled("raw, standardised", data, VaeNormalization.Standardize);
        yield return standardised;
        yield return Contender.Principal("PCA, standardised", standardised, Dimension);
        yield return Contender.Principal("PCA, shared", shared, Dimension);
        yield return Contender.Embedded(
            "`VaeEmbed`, default", data, new() { Latent = VaeLatent.Gaussian(Dimension) }, options.Threads);
        yield return Contender.Embedded("`VaeOptions.Features`", data, VaeOptions.Features(Dimension), options.Threads);
    }

    private static string[] Row(Contender contender, int[][] found, int[][] near, FeatureData data) =>
    [
        contender.Name, $"{contender.Rows[0].Length}",
        Cell(100 * found.Zip(data.TestLabels).Average(row => row.First.Count(i => data.Labels[i] == row.Second) / (double)Nearest), 1),
        Cell(100 * found.Zip(near).Average(row => row.First.Intersect(row.Second).Count() / (double)Nearest), 1),
    ];

    private static int[][] Near(Contender contender) =>
    [
        .. Neighbours.Of(contender.Rows, contender.TestRows, Nearest, areSame: false).Select(row => row.Select(near => near.Row).ToArray()),
    ];

    private static double Chance(FeatureData data) => Enumerable.Range(0, data.Classes).Sum(label =>
        data.Labels.Count(of => of == label) / (double)data.Labels.Length
            * data.TestLabels.Count(of => of == label) / data.TestLabels.Length);
}
