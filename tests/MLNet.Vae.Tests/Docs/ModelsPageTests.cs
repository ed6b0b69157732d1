using System.Text.RegularExpressions;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The pages of docs show code that runs in the tests of this folder.</summary>
public partial class ModelsPageTests
{
    [Theory]
    [InlineData("models.md")]
    [InlineData("anomalies.md")]
    [InlineData("generation.md")]
    [InlineData("measures.md")]
    [InlineData("report.md")]
    [InlineData("checkpoints.md")]
    [InlineData("sequences.md")]
    [InlineData("tables.md")]
    [InlineData("pipelines.md")]
    [InlineData("native.md")]
    [InlineData("vectors.md")]
    [InlineData("serving.md")]
    [InlineData("scaling.md")]
    [InlineData("orleans.md")]
    public void Every_line_of_code_runs_in_a_test(string page)
    {
        var folder = Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests", "Docs");
        var run = Directory.EnumerateFiles(folder, "*Example.cs").Select(file => Normal(File.ReadAllText(file))).ToList();
        var blocks = CodeBlock().Matches(File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", page)));
        Assert.NotEmpty(blocks);
        foreach (var block in blocks.Select(match => match.Groups[1].Value))
        {
            var lines = block.Split('\n').Select(Normal).Where(line => line.Length > 0).ToList();
            Assert.True(
                run.Exists(file => lines.TrueForAll(file.Contains)),
                $"No file of tests/MLNet.Vae.Tests/Docs has all lines of:\n{block}"
            );
        }
    }

    [Fact]
    public void No_page_has_a_word_that_stands_for_what_was_to_be_written()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md")
            .Append(Path.Combine(TestData.RepositoryRoot, "README.md"));
        Assert.All(pages, page => Assert.DoesNotMatch(Placeholder(), File.ReadAllText(page)));
    }

    private static string Normal(string code) => Spaces().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"^[A-Z]{3,}\r?$", RegexOptions.Multiline)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
