using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>What embeddings are worth to a learner with few labels, beside the features themselves and principal components.</summary>
internal sealed class FeatureTables : INumbersTable
{
    private const int Dimension = 16, PurityRuns = 3, SlowFeatures = 200;

    private static readonly int[] LabelCounts = [50, 200, int.MaxValue];

    public string Name => "features";

    public string Title => "Features for learners";

    public IReadOnlyList<string> Files => [.. FeatureSet.All.Where(set => set.IsSmall).SelectMany(set => set.Files)];

    public string Describe(NumbersOptions options) =>
        $"{Dimension} features made of all training rows without labels, then a learner of ML.NET with its defaults (one thread) on 50, "
        + $"200 and all labels, {(options.Full ? "five draws of them (two where there are ten classes)" : "two draws of them")}, "
        + "at least two of each class: accuracy on the test rows where there are ten classes, area under the ROC curve where there are "
        + "two, times 100; ± is the standard error over the draws. "
        + "Purity: KMeans with as many clusters as classes on all training rows, mean of three runs. \"Standardised\": each column by "
        + "its own deviation; \"shared\": columns of one range by one deviation (`VaeNormalization.StandardizeShared`), the same where "
        + "no eight columns have one range. Fits have seed 1 and the library's defaults but for what the row says.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var means = new List<(string Name, double[] Cells)[]>();
        foreach (var set in FeatureSet.All.Where(set => options.Full || set.IsSmall))
        {
            if (set.Files.FirstOrDefault(file => !File.Exists(options.Path(file))) is { } missing)
            {
                yield return new($"{set.Name}: skipped, `{missing}` is not in the data folder.", ["set"], []);
                continue;
            }
            var data = set.Read(options);
            var rows = new List<IReadOnlyList<string>>();
            var cells = new List<(string Name, double[] Cells)>();
            foreach (var contender in Contenders(data, options))
            {
                options.Progress($"features: {set.Name}, {contender.Name}");
                var (of, errors) = Of(contender, data, options);
                cells.Add((contender.Name, of));
                rows.Add([contender.Name, .. of.Zip(errors, Value), Cell(contender.Seconds, 1)]);
            }
            means.Add([.. cells]);
            yield return new(
                $"{set.Name}: {data.Rows.Length:N0} rows of {data.Rows[0].Length}, {data.Classes} classes, "
                    + $"{data.TestRows.Length:N0} test rows",
                [.. Heads(), "s to make"], rows);
        }
        yield return new(
            $"Mean over {means.Count} sets, and on how many of them not below the better of the two PCAs",
            Heads(),
            [.. Enumerable.Range(0, means[0].Length).Select(row => Summary(means, row))]);
    }

    private static IReadOnlyList<string> Heads() =>
    [
        "features",
        .. FeatureLearner.All.SelectMany(
            learner => LabelCounts.Select(count => $"{learner.Name} {(count == int.MaxValue ? "all" : count)}")),
        "purity",
    ];

    private static string Value(double value, double error) =>
        double.IsNaN(value) ? "–" : Cell(100 * value, 1) + (error > 0 ? $" ± {Cell(100 * error, 1)}" : "");

    private static string[] Summary(List<(string Name, double[] Cells)[]> sets, int row)
    {
        var principal = sets[0].Index()
            .Where(cell => cell.Item.Name.StartsWith("PCA", StringComparison.Ordinal))
            .Select(cell => cell.Index);
        return
        [
            sets[0][row].Name,
            .. Enumerable.Range(0, sets[0][row].Cells.Length).Select(column =>
            {
                var both = sets.Where(set => set.All(contender => !double.IsNaN(contender.Cells[column]))).ToList();
                var wins = both.Count(set => set[row].Cells[column] >= principal.Max(pca => set[pca].Cells[column]));
                return $"{Cell(100 * both.Average(set => set[row].Cells[column]), 1)} ({wins} of {both.Count})";
            }),
        ];
    }

    private static (double[] Means, double[] Errors) Of(Contender contender, FeatureData data, NumbersOptions options)
    {
        var (means, errors) = (new List<double>(), new List<double>());
        foreach (var learner in FeatureLearner.All)
        {
            foreach (var count in LabelCounts)
            {
                // Ten forests of thousands of rows or hundreds of features take longer than all else together.
                if (learner.Name == "FastTree" && data.Classes > 2
                    && (count == int.MaxValue || contender.Rows[0].Length > SlowFeatures))
                {
                    means.Add(double.NaN);
                    errors.Add(0);
                    continue;
                }
                double[] scores =
                [
                    .. Enumerable.Range(1, count >= data.Rows.Length ? 1 : Draws(data, options)).Select(draw =>
                    {
                        var labelled = data.Labelled(count, draw);
                        return learner.Score(
                            [.. labelled.Select(row => contender.Rows[row])], [.. labelled.Select(row => data.Labels[row])],
                            contender.TestRows, data.TestLabels, data.Classes);
                    }),
                ];
                means.Add(scores.Average());
                errors.Add(scores.Length < 2 ? 0 : Deviation(scores) / Math.Sqrt(scores.Length));
            }
        }
        means.Add(Purity(contender.Rows, data));
        errors.Add(0);
        return ([.. means], [.. errors]);
    }

    private static double Deviation(double[] values)
        => Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1));

    private static double Purity(float[][] rows, FeatureData data) => Enumerable.Range(1, PurityRuns).Average(seed =>
    {
        var mlContext = new MLContext(seed);
        var view = LabelledRow.View(mlContext, rows, data.Labels);
        var options = new KMeansTrainer.Options { NumberOfClusters = data.Classes, NumberOfThreads = 1 };
        var clusters = mlContext.Clustering.Trainers.KMeans(options).Fit(view).Transform(view).GetColumn<uint>("PredictedLabel");
        return clusters.Zip(data.Labels).GroupBy(row => row.First)
            .Sum(cluster => cluster.GroupBy(row => row.Second).Max(label => label.Count())) / (double)rows.Length;
    });

    private static IEnumerable<Contender> Contenders(FeatureData data, NumbersOptions options)
    {
        var standardised = Contender.Scaled("raw, standardised", data, VaeNormalization.Standardize);
        var shared = Contender.Scaled("raw, shared", data, VaeNormalization.StandardizeShared);
        yield return standardised;
        yield return shared;
        yield return Contender.Principal("PCA, standardised", standardised, Dimension);
        yield return Contender.Principal("PCA, shared", shared, Dimension);
        var vae = new VaeOptions { Latent = VaeLatent.Gaussian(Dimension) };
        yield return Contender.Embedded("`VaeEmbed`, default", data, vae, options.Threads);
        yield return Contender.Embedded(
            "`VaeEmbed`, shared", data, vae with { Normalization = VaeNormalization.StandardizeShared }, options.Threads);
        var features = Contender.Embedded("`VaeOptions.Features`", data, VaeOptions.Features(Dimension), options.Threads);
        yield return features;
        yield return features.Beside("raw, shared, and `VaeOptions.Features`", shared);
    }

    /// <summary>Learners of ten classes take ten times as long.</summary>
    private static int Draws(FeatureData data, NumbersOptions options) => options.Full && data.Classes == 2 ? 5 : 2;
}
