using System.Collections.Immutable;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The lines shown in the documentation.</summary>
public sealed class TablesExample : IDisposable
{
    private const int Rows = 500;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void Embeddings_are_features_for_trees()
    {
        var mlContext = new MLContext(seed: 1);
        var data = Load(mlContext, Census(2 * Rows));

        var split = mlContext.Data.TrainTestSplit(data, testFraction: 0.25);
        var options = new VaeTableOptions
        {
            IgnoredColumnNames = ["income"],                                      // the label is no part of the embedding
            Training = new() { Epochs = 40, Seed = 1 },
        };
        var pipeline = mlContext.Transforms.VaeEmbed(options)
            .Append(mlContext.Transforms.Conversion.MapValue(
                "Label", new Dictionary<string, bool> { [">50K"] = true, ["<=50K"] = false }, "income"))
            .Append(mlContext.BinaryClassification.Trainers.FastTree(featureColumnName: "Embedding"));
        var model = pipeline.Fit(split.TrainSet);
        var metrics = mlContext.BinaryClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"AUC {metrics.AreaUnderRocCurve:F3}");

        Assert.InRange(metrics.AreaUnderRocCurve, 0.6, 1);
    }

    [Fact]
    public void A_score_has_its_columns_and_what_they_should_have_been()
    {
        var mlContext = new MLContext(seed: 1);
        var path = Census(Rows);
        var data = Load(mlContext, path);
        var newRows = Load(mlContext, Changed(path, (row, column, value) => (row, column) == (3, "age") ? "450" : value));
        var zipPath = _directory.File("detector.zip");

        using var detector = mlContext.AnomalyDetection.Trainers.Vae(new VaeTableOptions
        {
            Contamination = 0.01,                                                 // so many of the normal rows may be flagged
            ContributionsColumnName = "Contributions",
            Training = new() { Epochs = 40, Seed = 1 },
        }).Fit(data);
        Console.WriteLine(detector.Table);

        var scored = detector.Transform(newRows);                                 // Score, PredictedLabel, PValue, Contributions
        var expected = detector.Reconstruct(newRows);                             // each cell as it should have been
        VBuffer<ReadOnlyMemory<char>> columns = default;
        scored.Schema["Contributions"].GetSlotNames(ref columns);

        float[] scores = [.. scored.GetColumn<float>("Score")];
        var worst = Array.IndexOf(scores, scores.Max());
        var nats = scored.GetColumn<float[]>("Contributions").ElementAt(worst);
        var found = newRows.Preview(worst + 1).RowView[worst].Values.ToDictionary(cell => cell.Key, cell => cell.Value);
        var usual = expected.Preview(worst + 1).RowView[worst].Values.ToDictionary(cell => cell.Key, cell => cell.Value);
        foreach (var (column, share) in columns.DenseValues().Zip(nats).OrderByDescending(pair => pair.Second).Take(3))
            Console.WriteLine($"{column} is {found[$"{column}"]}, {usual[$"{column}"]} expected: {share:F1} nats");

        var report = VaeReport.Create(mlContext, detector, newRows, new VaeReportOptions { Title = "Census", IdColumnName = "occupation" });
        report.Save("census.html");
        Assert.Contains("above training, to ", report.ToHtml(VaeReportPart.WorstRows), StringComparison.Ordinal);
        File.Delete("census.html");

        mlContext.Model.Save(detector, data.Schema, zipPath);
        using var loaded = VaeTableTransformer.From(mlContext, zipPath);          // Transform, Reconstruct, Sample, Table
        using var filler = VaeImputeTransformer.From(mlContext, zipPath);         // any model of a table fills holes too

        Assert.Equal(2, worst);
        Assert.Equal("age", columns.GetItemOrDefault(Array.IndexOf(nats, nats.Max())).ToString());
        Assert.Equal(450f, found["age"]);
        Assert.InRange((float)usual["age"], 17, 90);
        Assert.Equal(scores, loaded.Transform(newRows).GetColumn<float>("Score"));
        Assert.Equal(data.GetColumn<string>("country"), filler.Transform(data).GetColumn<string>("country"));
    }

    [Fact]
    public void Holes_are_filled_by_means_and_by_draws()
    {
        var mlContext = new MLContext(seed: 1);
        var whole = Census(Rows);
        var path = Changed(whole, (row, column, value) => (row + column.Length) % 7 == 0 ? "" : value);
        var filledPath = _directory.File("filled.csv");
        var data = Load(mlContext, path);

        var options = VaeTableOptions.Imputation(seed: 1) with
        {
            Sampler = new(),                                                      // for Draw; Transform needs none
            Training = new() { Epochs = 30, Seed = 1 },
        };
        using var impute = mlContext.Transforms.VaeImpute(options, indicatorSuffix: " was missing").Fit(data);
        using (var file = File.Create(filledPath))
            mlContext.Data.SaveAsText(impute.Transform(data), file, separatorChar: ',', schema: false, forceDense: true);

        double[] means = [.. Enumerable.Range(1, 5).Select(seed => impute.Draw(data, seed).GetColumn<float>("age").Average())];
        var between = means.Sum(mean => Math.Pow(mean - means.Average(), 2)) / (means.Length - 1);

        var filled = Load(mlContext, filledPath);
        Assert.Contains("age was missing", filled.Schema.Select(column => column.Name));
        Assert.DoesNotContain(filled.GetColumn<float>("age"), float.IsNaN);
        Assert.DoesNotContain("", filled.GetColumn<string>("country"));
        var wasMissing = data.GetColumn<float>("age").Select(float.IsNaN).ToArray();
        Assert.Contains(true, wasMissing);
        Assert.Equal(wasMissing, impute.Transform(data).GetColumn<bool>("age was missing"));
        Assert.True(between > 0);
    }

    [Fact]
    public void Rows_are_drawn_into_a_file()
    {
        var mlContext = new MLContext(seed: 1);
        var syntheticPath = _directory.File("synthetic.csv");
        var data = Load(mlContext, Census(Rows));

        using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions
        {
            Sampler = new(),                                                      // what rows are drawn by
            Training = new() { Epochs = 40, Seed = 1 },
        }).Fit(data);
        var synthetic = model.Sample(count: 200, seed: 1);
        var rich = model.Sample(count: 20, seed: 1, given: new Dictionary<string, object> { ["income"] = ">50K", ["sex"] = "Female" });
        using (var file = File.Create(syntheticPath))
            mlContext.Data.SaveAsText(synthetic, file, separatorChar: ',', schema: false, forceDense: true);

        var read = Load(mlContext, syntheticPath);
        Assert.Equal(data.Schema.Select(column => (column.Name, column.Type)), read.Schema.Select(column => (column.Name, column.Type)));
        Assert.Equal(200, read.GetColumn<float>("age").Count());
        Assert.Empty(read.GetColumn<string>("education").Except(data.GetColumn<string>("education")));
        Assert.All(read.GetColumn<float>("age"), age => Assert.Equal(MathF.Round(age), age));
        Assert.Equal(Enumerable.Repeat((">50K", "Female"), 20), rich.GetColumn<string>("income").Zip(rich.GetColumn<string>("sex")));
    }

    [Fact]
    public void A_column_is_of_the_kind_that_is_asked_for()
    {
        var mlContext = new MLContext(seed: 1);
        var data = Load(mlContext, Census(Rows));

        var options = new VaeTableOptions
        {
            IgnoredColumnNames = ["fnlwgt", "income"],                            // pass through, and are not modelled
            ColumnKinds = ImmutableDictionary<string, VaeColumnKind>.Empty
                .Add("age", VaeColumnKind.Quantile)
                .Add("education_num", VaeColumnKind.Categorical),
            MaximumCategories = 16,                                               // rarer ones are one category together
            Training = new() { Epochs = 1, Seed = 1 },
        };
        using var model = mlContext.Transforms.VaeEmbed(options).Fit(data);

        var columns = model.Table.Columns.ToDictionary(column => column.Name);
        Assert.Equal(VaeColumnKind.Quantile, columns["age"].Kind);
        Assert.Equal(VaeColumnKind.Categorical, columns["education_num"].Kind);
        var categorical = columns.Values.Where(column => column.Kind == VaeColumnKind.Categorical);
        Assert.All(categorical, column => Assert.InRange(column.FeatureCount, 2, 17));
        Assert.DoesNotContain("fnlwgt", columns.Keys);
        Assert.Equal(data.GetColumn<float>("fnlwgt"), model.Transform(data).GetColumn<float>("fnlwgt"));
    }

    public void Dispose() => _directory.Dispose();

    private static IDataView Load(MLContext mlContext, string path)
    {
        string[] numbers = ["age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hr_per_week"];
        var header = File.ReadLines(path).First().Split(',');
        var data = mlContext.Data.CreateTextLoader(new TextLoader.Options
        {
            HasHeader = true,
            Separators = [','],
            AllowQuoting = true,
            MissingRealsAsNaNs = true,                                            // else an empty number is read as 0
            Columns =
            [
                .. header.Select((name, i) => new TextLoader.Column(name, numbers.Contains(name) ? DataKind.Single : DataKind.String, i)),
            ],
        }).Load(path);
        return data;
    }

    /// <summary>The census table's header and first rows.</summary>
    private string Census(int rows)
    {
        var path = _directory.File("census.csv");
        File.WriteAllLines(path, File.ReadLines(TestData.Find("adult/adult.data")).Take(rows + 1));
        return path;
    }

    /// <param name="path">A file with a header.</param>
    /// <param name="value">Gives a value from its row, from 1, its column and what it was.</param>
    private string Changed(string path, Func<int, string, string, string> value)
    {
        var changed = _directory.File("changed.csv");
        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',');
        File.WriteAllLines(changed,
        [
            lines[0],
            .. lines.Skip(1).Select((line, row)
                => string.Join(',', line.Split(',').Zip(header, (cell, column) => value(row + 1, column, cell)))),
        ]);
        return changed;
    }
}
