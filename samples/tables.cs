#:package MLNet.Vae@*
#:package TorchSharp-cpu@0.107.0
#:package Microsoft.ML.OnnxRuntime@1.31.1
#:package Microsoft.ML.FastTree@5.0.1
#:package MLNet.Vae.Report@*
#:property PublishAot=false
#:property UseCurrentRuntimeIdentifier=true

using System.Collections.Immutable;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

// A made-up census in a file with the columns of the real one: who has learned longer and is older earns more.
const string Header = "age,type_employer,fnlwgt,education,education_num,marital,occupation,sex,"
    + "capital_gain,capital_loss,hr_per_week,country,income";
var random = new Random(1);
var folder = Directory.CreateTempSubdirectory("census-").FullName;
string Path(string name) => System.IO.Path.Combine(folder, name);
string[][] census = [.. Enumerable.Range(0, 1_000).Select(_ => Person())];

var mlContext = new MLContext(seed: 1);
{
    var data = Load(Save("census.csv", census));

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
}
{
    // One person is 450 years old.
    var data = Load(Save("census.csv", census[..500]));
    var newRows = Load(Save("changed.csv", census[..500].Select((row, i) => i == 2 ? ["450", .. row[1..]] : row)));
    var zipPath = Path("detector.zip");

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
    Console.WriteLine($"The page has a mark above training: {File.ReadAllText("census.html").Contains("above training, to ")}");
    File.Delete("census.html");

    mlContext.Model.Save(detector, data.Schema, zipPath);
    using var loaded = VaeTableTransformer.From(mlContext, zipPath);          // Transform, Reconstruct, Sample, Table
    using var filler = VaeImputeTransformer.From(mlContext, zipPath);         // any model of a table fills holes too
    var again = loaded.Transform(newRows).GetColumn<float>("Score");
    Console.WriteLine($"The loaded detector gives the same scores: {again.SequenceEqual(scores)}");
    var countries = data.GetColumn<string>("country");
    Console.WriteLine($"What was there stays: {filler.Transform(data).GetColumn<string>("country").SequenceEqual(countries)}");
}
{
    // A seventh of all cells is missing.
    var holes = census[..500].Select((row, i) => row.Select((cell, j) => (i + j) % 7 == 0 ? "" : cell).ToArray());
    var data = Load(Save("holes.csv", holes));
    var filledPath = Path("filled.csv");

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

    var filled = Load(filledPath);
    Console.WriteLine($"ages missing before: {data.GetColumn<float>("age").Count(float.IsNaN)}");
    Console.WriteLine($"ages told to have been missing: {impute.Transform(data).GetColumn<bool>("age was missing").Count(was => was)}");
    Console.WriteLine($"ages missing after: {filled.GetColumn<float>("age").Count(float.IsNaN)}");
    Console.WriteLine($"mean age of five draws {means.Average():F2}, variance between them {between:F5}");
}
{
    var data = Load(Save("census.csv", census[..500]));
    var syntheticPath = Path("synthetic.csv");

    using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions
    {
        Sampler = new(),                                                      // what rows are drawn by
        Training = new() { Epochs = 40, Seed = 1 },
    }).Fit(data);
    var synthetic = model.Sample(count: 200, seed: 1);
    var rich = model.Sample(count: 20, seed: 1, given: new Dictionary<string, object> { ["income"] = ">50K", ["sex"] = "Female" });
    using (var file = File.Create(syntheticPath))
        mlContext.Data.SaveAsText(synthetic, file, separatorChar: ',', schema: false, forceDense: true);

    var read = Load(syntheticPath);
    var ages = read.GetColumn<float>("age").ToList();
    Console.WriteLine($"drawn: {ages.Count} rows, ages from {ages.Min():F0} to {ages.Max():F0}, whole: {ages.TrueForAll(float.IsInteger)}");
    var given = rich.GetColumn<string>("income").Zip(rich.GetColumn<string>("sex"));
    Console.WriteLine($"as asked for: {given.Count(row => row == (">50K", "Female"))} of 20");
}
{
    var data = Load(Save("census.csv", census[..500]));

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
    foreach (var column in model.Table.Columns.Take(4))
        Console.WriteLine($"kind of {column.Name}: {column.Kind}, {column.FeatureCount} features");
}
Directory.Delete(folder, recursive: true);

IDataView Load(string path)
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

string Save(string name, IEnumerable<string[]> rows)
{
    File.WriteAllLines(Path(name), [Header, .. rows.Select(row => string.Join(',', row))]);
    return Path(name);
}

string[] Person()
{
    string[] schools = ["Elementary", "HighSchool", "College", "Bachelors", "Masters", "Doctorate"];
    var (age, school) = (17 + (int)(60 * random.NextDouble() * random.NextDouble()), random.Next(schools.Length));
    var (married, isRich) = (age > 17 + random.Next(20), random.NextDouble() < Math.Pow(school / 6.0, 2) + (age - 20) / 100.0);
    double[] numbers = [age, random.Next(20_000, 400_000), 4 + 2 * school, isRich && random.Next(5) == 0 ? random.Next(5_000, 20_000) : 0,
        random.Next(20) == 0 ? random.Next(1_000, 2_500) : 0, random.Next(2) == 0 ? 40 : random.Next(20, 60)];
    var written = numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
    return
    [
        written[0], Pick("Private", "Private", "Private", "State", "Self"), written[1], schools[school], written[2],
        married ? "Married" : "Single", school > 2 ? Pick("Manager", "Teacher") : Pick("Craft", "Sales", "Farming"), Pick("Female", "Male"),
        written[3], written[4], written[5], Pick("Norway", "Chile", "Chile"), isRich ? ">50K" : "<=50K",
    ];

    string Pick(params string[] values) => values[random.Next(values.Length)];
}
