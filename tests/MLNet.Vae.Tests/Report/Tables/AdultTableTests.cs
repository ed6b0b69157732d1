using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Report.Tables;

/// <summary>
/// UCI's census of 1994: half of it is what a model was trained on, a quarter is held out, and of the last quarter is made what a perfect
/// model and a bad one would make. docs/report.md has the figures.
/// </summary>
public sealed class AdultTableTests(ITestOutputHelper output)
{
    private const string Label = "income";

    private static readonly string[] Numbers = ["age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hr_per_week"];

    [Fact]
    public void Other_real_rows_are_as_good_as_real_rows()
    {
        var quality = Measure(rows => rows);
        var detection = quality.Detection!;
        Assert.InRange(detection.Area, 0.5 - (3 * detection.StandardError), 0.5 + (3 * detection.StandardError));
        Assert.Equal(15, quality.Columns.Count);
        Assert.Equal(">50K", quality.Utility!.ScoredClass);
        Assert.InRange(quality.Utility.F1Ratio, 0.92, 1.08);
        Assert.InRange(quality.Utility.Real.Area, 0.9, 0.94);
        Assert.InRange(Math.Abs(quality.Privacy.NearShareDeviations), 0, 3);
        Assert.InRange(Math.Abs(quality.Privacy.CopyShareDeviations), 0, 3);
        Assert.InRange(quality.Associations.Error, 0, 2 * quality.Associations.HeldOutError);
    }

    /// <summary>Each column in another random order among the rows of one income: what a model knows that predicts by each alone.</summary>
    [Fact]
    public void Columns_that_are_independent_given_the_label_are_told_though_they_train_well()
    {
        var quality = Measure(ShuffledWithinLabel);
        Assert.True(quality.Detection!.Area > 0.95);
        Assert.True(quality.Associations.Error > 5 * quality.Associations.HeldOutError);
        Assert.True(quality.Associations.Error < quality.Associations.IndependentError);
        Assert.InRange(quality.Utility!.AreaRatio, 0.95, 1.01);
        Assert.True(quality.Privacy.NearShareDeviations < -3);
    }

    private VaeTableQuality Measure(Func<string[][], string[][]> made)
    {
        var lines = File.ReadAllLines(TestData.Find("adult/adult.data"));
        var names = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        new Random(1).Shuffle(rows);
        var (half, quarter) = (rows.Length / 2, rows.Length / 4);
        var mlContext = new MLContext(seed: 1);
        using var folder = new TemporaryDirectory();
        var quality = VaeTableReport.Measure(
            mlContext,
            View("real", rows[..half]),
            View("held-out", rows[half..(half + quarter)]),
            View("synthetic", made(rows[(half + quarter)..])),
            new() { LabelColumnName = Label, MaximumRows = 5000 }
        );
        output.WriteLine($"{quality}");
        return quality;

        IDataView View(string name, string[][] some)
        {
            var file = folder.File($"{name}.csv");
            File.WriteAllLines(file, [lines[0], .. some.Select(row => string.Join(',', row))]);
            TextLoader.Column[] columns =
            [
                .. names.Select((column, i) =>
                    new TextLoader.Column(column, Numbers.Contains(column) ? DataKind.Single : DataKind.String, i)),
            ];
            return mlContext.Data.LoadFromTextFile(file, columns, separatorChar: ',', hasHeader: true);
        }
    }

    private static string[][] ShuffledWithinLabel(string[][] rows)
    {
        var random = new Random(2);
        string[][] shuffled = [.. rows.Select(row => row.ToArray())];
        foreach (var group in shuffled.GroupBy(row => row[^1]).Select(rows => rows.ToArray()))
        {
            for (var column = 0; column < group[0].Length - 1; column++)
            {
                var values = Array.ConvertAll(group, row => row[column]);
                random.Shuffle(values);
                for (var i = 0; i < values.Length; i++)
                    group[i][column] = values[i];
            }
        }

        return shuffled;
    }
}
