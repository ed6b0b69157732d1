using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers.Tables;

/// <summary>Values that were hidden by the masks of HI-VAE (Nazabal et al. 2020), filled in.</summary>
internal sealed class Imputation : INumbersTable
{
    private static readonly (string Set, string Share)[] Masks = [("Wine", "20"), ("Wine", "50"), ("Adult", "20")];

    public string Name => "imputation";

    public string Title => "Imputation";

    public IReadOnlyList<string> Files => [.. Masks.SelectMany(mask => new[]
    {
        $"hivae/{mask.Set}/data.csv", $"hivae/{mask.Set}/data_types.csv", $"hivae/{mask.Set}/Missing{mask.Share}_1.csv",
    }).Distinct()];

    public string Describe(NumbersOptions options) =>
        $"`VaeImpute()` without options, seeds 1 to {Seeds(options)}, beside the mean (of categories and ranks the most frequent) and "
        + "chained equations (linear and logistic regression, 10 rounds). Error "
        + "as Nazabal et al. 2020 define it, over the hidden values alone: root mean square over the range of the column for numbers, "
        + "share of errors for categories, mean distance over the number of ranks for ranks; the mean over columns. By others' methods on "
        + "the same masks of Wine, 20 and 50 %: 10 nearest neighbours .064 and .102, chained equations .070 and .085, forests .057.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var rows = new List<string[]>();
        foreach (var (set, share) in options.Full ? Masks : Masks[..1])
        {
            var table = HiddenTable.Read(options.Path($"hivae/{set}"), share);
            var (errors, seconds) = (new List<double>(), 0.0);
            for (var seed = 1; seed <= Seeds(options); seed++)
            {
                options.Progress($"imputation: {set}, {share} %, seed {seed}");
                var mlContext = new MLContext(seed);
                using var files = new TemporaryFiles();
                var data = Load(mlContext, table, files.Write(table.Lines()));
                var clock = Stopwatch.StartNew();
                var preset = VaeTableOptions.Imputation(seed);
                using var model = mlContext.Transforms
                    .VaeImpute(preset with { Training = preset.Training with { Threads = options.Threads } }).Fit(data);
                var filled = model.Transform(data);
                double[][] values = [.. Enumerable.Range(0, table.Columns).Select(column => Values(filled, table, column))];
                seconds += clock.Elapsed.TotalSeconds;
                errors.Add(table.Error((row, column) => values[column][row]));
                options.Progress($"imputation: {Cell(errors[^1], 4)}");
            }
            var chained = ChainedEquations.Fill(
                table, round => options.Progress($"imputation: {set}, {share} %, chained equations {round}"));
            double[] centres = [.. Enumerable.Range(0, table.Columns).Select(table.Centre)];
            rows.Add(
            [
                $"{set}, {share} %", Cell(table.Error((_, column) => centres[column]), 4),
                Cell(table.Error((row, column) => chained[row][column]), 4), Cell(errors.Average(), 4), Cell(errors.Min(), 4),
                Cell(errors.Max(), 4), Seconds(seconds / errors.Count),
            ]);
        }
        yield return new("", ["set, hidden", "mean", "chained equations", "`VaeImpute`", "least", "most", "s"], rows);
    }

    private static double[] Values(IDataView filled, HiddenTable table, int column) => table.IsCategory(column)
        ? [.. filled.GetColumn<string>(ColumnName(column)).Select(text => double.Parse(text[1..], CultureInfo.InvariantCulture))]
        : [.. filled.GetColumn<float>(ColumnName(column)).Select(value => (double)value)];

    private static string ColumnName(int column) => FormattableString.Invariant($"c{column}");

    private static IDataView Load(MLContext mlContext, HiddenTable table, string path)
    {
        var columns = Enumerable.Range(0, table.Columns).Select(column
            => new TextLoader.Column(ColumnName(column), table.IsCategory(column) ? DataKind.String : DataKind.Single, column));
        return mlContext.Data.CreateTextLoader(new TextLoader.Options
        {
            Separators = [','],
            MissingRealsAsNaNs = true,
            AllowQuoting = true,
            Columns = [.. columns],
        }).Load(path);
    }

    private static int Seeds(NumbersOptions options) => options.Full ? 3 : 1;
}
