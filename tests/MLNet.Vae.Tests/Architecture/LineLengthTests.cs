namespace MLNet.Vae.Tests.Architecture;

/// <summary>The width that .editorconfig gives, which no analyzer of the SDK holds.</summary>
public class LineLengthTests
{
    private static readonly int Columns = int.Parse(
        File.ReadLines(Path.Combine(TestData.RepositoryRoot, ".editorconfig"))
            .Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal))
            .Split('=')[1]);

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("examples")]
    [InlineData("samples")]
    public void No_line_of_code_is_longer_than_the_editor_is_told(string folder)
    {
        // Code of a page is indented in the file that runs it.
        var pages = string.Concat(
            Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md").Select(File.ReadAllText));
        Assert.Empty(Files(folder, "*.cs").SelectMany(file => TooLong(file, "\"\"\"", IsOwn)));

        bool IsOwn(string line) => !pages.Contains(line.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_line_of_the_report_s_page_is_either()
    {
        const string Page = "src/MLNet.Vae.Report/Page";
        string[] files =
        [
            .. Files($"{Page}/src", "*.js"),
            .. Files($"{Page}/styles", "*.css"),
            Path.Combine(TestData.RepositoryRoot, Page, "build.mjs"),
        ];
        Assert.True(files.Length > 30);
        Assert.Empty(files.SelectMany(file => TooLong(file, "`", _ => true)));
    }

    [Fact]
    public void A_line_that_is_too_long_is_found_but_not_inside_a_raw_string()
    {
        var (most, more) = (new string('x', Columns), new string('x', Columns + 1));
        Assert.Equal([2, 6], TooLong([most, more, "var text = \"\"\"", more, "    \"\"\";", more], "\"\"\"").Select(line => line.Number));
    }

    private static IEnumerable<string> Files(string folder, string pattern)
        => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), pattern, SearchOption.AllDirectories);

    private static IEnumerable<string> TooLong(string file, string raw, Func<string, bool> counts)
        => TooLong(File.ReadLines(file), raw)
            .Where(line => counts(line.Text))
            .Select(line => $"{Path.GetRelativePath(TestData.RepositoryRoot, file)}, line {line.Number}");

    /// <summary>Lines, counted from 1. The text of a raw string is as long as it is.</summary>
    private static IEnumerable<(int Number, string Text)> TooLong(IEnumerable<string> lines, string raw)
    {
        var (number, inside) = (0, false);
        foreach (var line in lines)
        {
            number++;
            var wasInside = inside;
            if ((line.Split(raw).Length - 1) % 2 == 1)
                inside = !inside;
            if (line.Length > Columns && !wasInside)
                yield return (number, line);
        }
    }
}
