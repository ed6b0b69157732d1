using System.Globalization;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class YourCsvTests
{
    private const string Program = "YourCsvProgram", Epochs = "150";

    [Fact]
    public async Task Embeds_classifies_scores_and_saves()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        await File.WriteAllLinesAsync(file, Flowers(), TestContext.Current.CancellationToken);

        var run = await ProgramRun.Of(
            Program, file, "--label", "Species", "--latent", "2", "--epochs", Epochs, "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.NotEmpty(Directory.GetFiles(directory.File("out"), "model.zip", SearchOption.AllDirectories));
        Assert.NotEmpty(Directory.GetFiles(directory.File("out"), "encoder.onnx", SearchOption.AllDirectories));
        var report = await File.ReadAllTextAsync(Path.Combine(directory.File("out"), "report.html"), TestContext.Current.CancellationToken);
        Assert.Contains("<title>flowers.csv</title>", report);
        var scored = await File.ReadAllLinesAsync(Path.Combine(directory.File("out"), "scored.csv"), TestContext.Current.CancellationToken);
        Assert.Equal("Length,Width,Colour,Species,Predicted Species,Score,Reasons,Embedding0,Embedding1", scored[0]);
        Assert.True(scored.Skip(1).Select(line => line.Split(',')).Count(row => row[3] == row[4]) > 190);
        Assert.Matches(@"\nColour +1[0-9]{2} +0 +Categorical +4 +3 values", run.Output);
    }

    [Fact]
    public async Task Names_the_nearest_column_for_a_label_that_is_not_there()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        await File.WriteAllLinesAsync(file, Flowers(), TestContext.Current.CancellationToken);

        var run = await ProgramRun.Of(Program, file, "--label", "Specie", "--output", directory.File("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Species", run.Error);
        Assert.False(Directory.Exists(directory.File("out")));
    }

    [Fact]
    public async Task Quoted_values_come_back_with_their_separators_quotes_and_line_breaks()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        string[] lines =
        [
            .. Flowers().Select(line => line.Replace("red", "\"red, or \"\"rose\"\"\"").Replace("blue", "\"blue\nor azure\"")),
        ];
        await File.WriteAllTextAsync(
            file,
            "// Measured by hand.\n\n" + string.Join('\n', lines) + "\n",
            TestContext.Current.CancellationToken
        );

        var run = await ProgramRun.Of(
            Program, file, "--label", "Colour", "--anomaly", "--latent", "2", "--epochs", Epochs, "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error);
        var scored = await File.ReadAllTextAsync(Path.Combine(directory.File("out"), "scored.csv"), TestContext.Current.CancellationToken);
        Assert.StartsWith("Length,Width,Colour,Species,Anomaly,Score,Reasons,Embedding0,Embedding1\n", scored);
        foreach (var line in lines.Skip(1))
            Assert.Contains($"\n{line},", scored);
    }

    [Theory]
    [InlineData("4,5,white", "Line 202 has 3 values and the header 4 (separator ','): '4,5,white'.")]
    [InlineData("4,5,\"white,short", "A quoted value in line 202 does not end: '4,5,\"white,short'.")]
    [InlineData("4,5,\"white\"ish,short", "Text follows a quoted value in line 202 before the next separator: '4,5,\"white\"ish,short'.")]
    public async Task Names_the_line_that_is_wrong(string line, string expected)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        await File.WriteAllTextAsync(file, string.Join('\n', [.. Flowers(), line]), TestContext.Current.CancellationToken);

        var run = await ProgramRun.Of(Program, file, "--output", directory.File("out"));

        Assert.Equal((1, $"error: {expected}\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("", "is empty; a header and rows are needed.")]
    [InlineData("a;b\n1;2\n", "has too few rows below its header: 1; at least 20 are needed.")]
    [InlineData("a,a\n1,2\n", "Two columns are named 'a' in line 1; rename one.")]
    [InlineData(
        "a\n1\n",
        "has one column, 'a'. If its values are separated by something else than a comma, semicolon, tab or bar, name it with --separator."
    )]
    public async Task Says_what_a_file_lacks(string text, string expected)
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("data.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        var run = await ProgramRun.Of(Program, file, "--output", directory.File("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Error);
    }

    [Fact]
    public async Task Names_the_separator_that_the_header_has()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("data.csv");
        await File.WriteAllLinesAsync(file, Flowers().Select(line => line.Replace(',', ';')), TestContext.Current.CancellationToken);

        var run = await ProgramRun.Of(Program, file, "--separator", ",", "--output", directory.File("out"));

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith("The separator ',' is not in the header, ';' is: leave --separator out.\n", run.Error);
    }

    [Fact]
    public async Task Names_the_column_that_gives_a_row_away_and_what_was_expected()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("flowers.csv");
        string[] lines = [.. Flowers()];
        lines[9] = "6.5,1.2,blue,tall";
        await File.WriteAllLinesAsync(file, lines, TestContext.Current.CancellationToken);

        var run = await ProgramRun.Of(Program, file, "--latent", "2", "--epochs", Epochs, "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error);
        var scored = await File.ReadAllLinesAsync(Path.Combine(directory.File("out"), "scored.csv"), TestContext.Current.CancellationToken);
        Assert.Matches("^6.5,1.2,blue,tall,(true|false),[0-9.]+,\"Colour \\+[0-9.]+ \\(red expected\\), ", scored[9]);
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
            var colour =
                random.Next(10) == 0 ? "white"
                : tall ? "red"
                : "blue";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(i % 50 == 7 ? "" : length.ToString("F3", CultureInfo.InvariantCulture))},{width:F3},{colour},"
                    + $"{(tall ? "tall" : "short")}"
            );
        }
    }
}
