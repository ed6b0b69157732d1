using System.Globalization;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class YourCsvTests
{
    private const string Program = "YourCsvProgram";

    [Fact]
    public async Task Embeds_classifies_scores_and_saves()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        await File.WriteAllLinesAsync(file, Flowers());

        var run = await ProgramRun.Of(Program, file, "--label", "Species", "--latent", "2", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEmpty(Directory.GetFiles(directory.File("out"), "model.zip", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(directory.File("out"), "encoder.onnx", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(directory.File("out"), "scored.csv", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Names_the_nearest_column_for_a_label_that_is_not_there()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        await File.WriteAllLinesAsync(file, Flowers());

        var run = await ProgramRun.Of(Program, file, "--label", "Specie", "--output", directory.File("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Species", run.Error);
        Assert.False(Directory.Exists(directory.File("out")));
    }

    /// <summary>Two species apart in all measures, one colour each in most rows, and a few missing values.</summary>
    private static IEnumerable<string> Flowers()
    {
        yield return "Length,Width,Colour,Species";
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            var tall = i % 2 == 0;
            var length = (tall ? 6 : 3) + random.NextDouble();
            var width = (tall ? 1 : 2) + random.NextDouble() / 2;
            var colour = random.Next(10) == 0 ? "white" : tall ? "red" : "blue";
            yield return string.Create(CultureInfo.InvariantCulture, $"{(i % 50 == 7 ? "" : length.ToString("F3", CultureInfo.InvariantCulture))},{width:F3},{colour},{(tall ? "tall" : "short")}");
        }
    }
}
