using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Tables;

/// <summary>Adult with income: synthetic rows beside real ones, and beside columns drawn independently given the class.</summary>
internal sealed class Synthesis : INumbersTable
{
    private const string File = "adult/adult.data", Label = "income";
    private const int TrainingRows = 20_000;

    private static readonly string[] Numbers = ["age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hr_per_week"];

    public string Name => "synthesis";

    public string Title => "Adult with income, synthetic rows";

    public IReadOnlyList<string> Files => [File];

    public string Describe(NumbersOptions options) =>
        $"`VaeTableOptions` with a sampler and no other option, {TrainingRows:N0} training rows drawn by seeds 1 to {Seeds(options)}, as "
        + "many synthetic rows, the other 10,162 held out. F1 and AUC (times 100) of FastTree that is trained on synthetic rows and tested "
        + "on the held-out ones, over and beside one trained on the training rows; AUC of a FastTree that tells synthetic rows from "
        + "held-out ones; "
        + "mean error of pairwise associations; all by `VaeTableReport`. Seconds are those of the fit and of the draws. Independent: each "
        + "column drawn by itself from the training rows of the same class.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var (independent, model) = (new List<double[]>(), new List<double[]>());
        for (var seed = 1; seed <= Seeds(options); seed++)
        {
            options.Progress($"synthesis: seed {seed}");
            var mlContext = new MLContext(seed);
            var (header, lines) = Read(options.Path(File));
            new Random(seed).Shuffle(lines);
            using var files = new TemporaryFiles();
            var real = Load(mlContext, files.Write([header, .. lines[..TrainingRows]]), header);
            var heldOut = Load(mlContext, files.Write([header, .. lines[TrainingRows..]]), header);
            var shuffled = Load(mlContext, files.Write([header, .. Independent(lines[..TrainingRows], seed)]), header);
            independent.Add([.. Figures(mlContext, real, heldOut, shuffled), 0, 0]);
            var clock = Stopwatch.StartNew();
            using var fitted = mlContext.Transforms
                .VaeEmbed(new VaeTableOptions { Sampler = new(), Training = new() { Seed = seed, Threads = options.Threads } }).Fit(real);
            var fit = clock.Elapsed.TotalSeconds;
            clock.Restart();
            var drawn = fitted.Sample(TrainingRows, seed);
            var draws = clock.Elapsed.TotalSeconds;
            model.Add([.. Figures(mlContext, real, heldOut, drawn), fit, draws]);
            options.Progress($"synthesis: {string.Join(", ", model[^1].Select(figure => Cell(figure, 3)))}");
        }
        yield return new(
            "",
            ["rows", "F1 ratio", "AUC", "AUC, real rows", "told from real", "±", "association error", "of held-out rows", "copies",
                "of held-out rows", "s to fit", "s to draw"],
            [Row("columns independent given the class", independent), Row("`VaeTableTransformer.Sample`", model)]);
    }

    private static string[] Row(string name, List<double[]> figures) =>
    [
        name,
        .. Enumerable.Range(0, figures[0].Length).Select(i => figures.Average(row => row[i]) is var mean && i switch
        {
            0 or 4 or 5 or 6 => true,
            _ => false,
        } ? Cell(mean, 3) : Cell(mean, 2)),
    ];

    private static double[] Figures(MLContext mlContext, IDataView real, IDataView heldOut, IDataView synthetic)
    {
        var quality = VaeTableReport.Measure(
            mlContext, real, heldOut, synthetic, new() { LabelColumnName = Label, MaximumRows = TrainingRows });
        var (utility, detection, privacy) = (quality.Utility!, quality.Detection!, quality.Privacy);
        return
        [
            utility.F1Ratio, 100 * utility.Synthetic.Area, 100 * utility.Real.Area, detection.Area, detection.StandardError,
            quality.Associations.Error, quality.Associations.HeldOutError, 100 * privacy.SyntheticCopyShare, 100 * privacy.HeldOutCopyShare,
        ];
    }

    private static (string Header, string[] Lines) Read(string path)
    {
        var lines = System.IO.File.ReadAllLines(path);
        return (lines[0], lines[1..]);
    }

    private static IEnumerable<string> Independent(string[] lines, int seed)
    {
        var random = new Random(seed);
        var rows = Array.ConvertAll(lines, line => line.Split(','));
        var classes = rows.GroupBy(row => row[^1]).ToDictionary(group => group.Key, group => group.ToArray());
        return rows.Select(row => string.Join(',', row.Select((value, column) => column == row.Length - 1
            ? value
            : classes[row[^1]][random.Next(classes[row[^1]].Length)][column])));
    }

    private static IDataView Load(MLContext mlContext, string path, string header) => mlContext.Data.CreateTextLoader(new TextLoader.Options
    {
        HasHeader = true,
        Separators = [','],
        Columns = [.. header.Split(',').Select((name, i)
            => new TextLoader.Column(name, Numbers.Contains(name) ? DataKind.Single : DataKind.String, i))],
    }).Load(path);

    private static int Seeds(NumbersOptions options) => options.Full ? 3 : 1;
}
