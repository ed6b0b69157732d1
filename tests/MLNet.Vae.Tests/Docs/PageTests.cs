using System.Text.RegularExpressions;
using MLNet.Vae.Tests.Samples;

namespace MLNet.Vae.Tests.Docs;

/// <summary>The pages show code of samples/, which runs in the tests.</summary>
public partial class PageTests
{
    private static readonly string[] Samples = [.. SampleProgram.Names.Select(name => Normal(SampleProgram.Text(name)))];

    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}")
            .Append("README.md").Where(page => CodeBlock().IsMatch(Text(page))),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_line_of_code_is_of_a_sample(string page)
    {
        foreach (var block in CodeBlock().Matches(Text(page)).Select(match => match.Groups[1].Value))
        {
            var lines = block.Split('\n').Select(Normal).Where(line => line.Length > 0).ToList();
            Assert.True(
                Array.Exists(Samples, sample => lines.TrueForAll(sample.Contains)), $"No file of samples has all lines of:\n{block}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_with_code_names_its_samples(string page)
    {
        var named = Link().Matches(Text(page)).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains(name, SampleProgram.Names));
    }

    [Fact]
    public void No_page_has_a_word_that_stands_for_what_was_to_be_written()
    {
        var pages = Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md")
            .Append(Path.Combine(TestData.RepositoryRoot, "README.md"));
        Assert.All(pages, page => Assert.DoesNotMatch(Placeholder(), File.ReadAllText(page)));
    }

    private static string Text(string page) => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, page));

    private static string Normal(string code) => Spaces().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?:\.\./)?samples/([^)]*\.cs)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[A-Z]{3,}\r?$", RegexOptions.Multiline)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
