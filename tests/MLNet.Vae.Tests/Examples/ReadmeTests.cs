using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

/// <summary>The README's examples, run as they stand there.</summary>
public partial class ReadmeTests
{
    [Fact]
    public void The_pipeline_learns_a_label_from_the_embedding()
    {
        using var directory = new TemporaryDirectory();
        var fragments = Fragments(300, seed: 1);
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable(fragments);

        var pipeline = mlContext.Transforms.VaeEmbed("Embedding", "Features", latentDimension: 16)
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
            .Append(mlContext.MulticlassClassification.Trainers.OneVersusAll(
                mlContext.BinaryClassification.Trainers.FastTree(featureColumnName: "Embedding")));

        var model = pipeline.Fit(data);
        var zip = directory.File("model.zip");
        mlContext.Model.SaveAtomically(model, data.Schema, zip);

        var loaded = mlContext.Model.Load(zip, out _);
        var test = mlContext.Data.LoadFromEnumerable(Fragments(100, seed: 2));
        Assert.InRange(mlContext.MulticlassClassification.Evaluate(loaded.Transform(test)).MicroAccuracy, 0.95, 1);
    }

    [Fact]
    public void The_detector_scores_new_rows()
    {
        var mlContext = new MLContext(seed: 1);
        var normalRows = mlContext.Data.LoadFromEnumerable(Fragments(200, seed: 1).Where(f => f.Label == "low"));
        var newRows = mlContext.Data.LoadFromEnumerable(Fragments(20, seed: 2));

        var detector = mlContext.AnomalyDetection.Trainers.Vae("Features", contamination: 0.01).Fit(normalRows);
        var scored = detector.Transform(newRows);
        var scores = scored.GetColumn<float>("Score");

        var labelled = scores
            .Zip(Fragments(20, seed: 2), (score, fragment) => (score, fragment.Label))
            .ToLookup(pair => pair.Label, pair => pair.score);
        Assert.True(labelled["high"].Min() > labelled["low"].Max());
    }

    [Fact]
    public void A_table_is_taken_as_it_comes()
    {
        var mlContext = new MLContext(seed: 1);
        IDataView table = mlContext.Data.LoadFromEnumerable(Flowers(40));

        var options = new VaeTableOptions { ContributionsColumnName = "Contributions" };
        using var unlike = mlContext.AnomalyDetection.Trainers.Vae(options).Fit(table);
        Console.WriteLine(unlike.Table);                                          // kind of each column, and why
        var should = unlike.Reconstruct(table);                                   // each cell as it should have been

        using var impute = mlContext.Transforms.VaeImpute(indicatorSuffix: " was missing").Fit(table);
        var filled = impute.Transform(table);                                     // what was there stays

        using var model = mlContext.Transforms.VaeEmbed(new VaeTableOptions { Sampler = new() }).Fit(table);
        var synthetic = model.Sample(count: 1000, seed: 1);

        var flowers = Flowers(40);
        Assert.Contains(flowers, flower => float.IsNaN(flower.Length));
        foreach (var view in new[] { should, filled, synthetic })
        {
            Assert.All(view.GetColumn<float>("Length"), length => Assert.InRange(length, 3, 7));
            Assert.All(view.GetColumn<string>("Species"), species => Assert.True(species is "tall" or "short"));
        }
        var known = flowers.Where(flower => !float.IsNaN(flower.Length)).ToList();
        var lengths = filled.GetColumn<float>("Length").Where((_, i) => !float.IsNaN(flowers[i].Length));
        Assert.Equal(known.Select(flower => flower.Length), lengths);
        Assert.Equal(1000, synthetic.GetColumn<float>("Length").Count());
    }

    [Fact]
    public void The_README_shows_what_runs_here()
    {
        var here = Normal(
            File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests", "Examples", "ReadmeTests.cs"))
        );
        var shown = CodeBlock()
            .Matches(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "README.md")))
            .Select(m => m.Groups[1].Value)
            // The first program is a sample, which has a test of its own.
            .Where(block => !block.Contains("foreach (var row in ", StringComparison.Ordinal))
            .SelectMany(block => block.Split('\n'));

        // The file's name is this test's own.
        foreach (var line in shown.Select(Normal).Where(l => l.Length > 0 && !l.Contains("model.zip")))
            Assert.Contains(line, here);
    }

    private static List<Fragment> Fragments(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new Fragment
        {
            Label = i % 2 == 0 ? "low" : "high",
            Features = [.. Enumerable.Range(0, 256).Select(j => (j < 128 == (i % 2 == 0) ? 1 : 0) + random.NextSingle())],
        })];
    }

    /// <summary>Two species, the tall ones longer; a tenth of the lengths is missing.</summary>
    private static List<Flower> Flowers(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i => new Flower
        {
            Species = i % 2 == 0 ? "tall" : "short",
            Length = (i % 2 == 0 ? 6 : 3) + random.NextSingle() is var length && i % 10 != 3 ? length : float.NaN,
        })];
    }

    private static string Normal(string code) => Spaces().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    public class Fragment
    {
        [VectorType(256)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }

    public class Flower
    {
        public string Species { get; set; } = "";

        public float Length { get; set; }
    }
}
