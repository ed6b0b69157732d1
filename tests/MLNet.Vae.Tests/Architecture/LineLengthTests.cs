namespace MLNet.Vae.Tests.Architecture;

/// <summary>The width that .editorconfig gives, which no analyzer of the SDK holds.</summary>
public class LineLengthTests
{
    private const int Columns = 140;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("examples")]
    public void No_line_of_code_is_longer_than_the_editor_is_told(string folder)
    {
        // Code of a page is indented in the file that runs it.
        var pages = string.Concat(
            Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md").Select(File.ReadAllText));
        Assert.Empty(
            Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => TooLong(File.ReadLines(file))
                    .Where(line => !pages.Contains(line.Text.Trim(), StringComparison.Ordinal))
                    .Select(line => $"{Path.GetRelativePath(TestData.RepositoryRoot, file)}, line {line.Number}")));
    }

    [Fact]
    public void A_line_that_is_too_long_is_found_but_not_inside_a_raw_string()
    {
        var (most, more) = (new string('x', Columns), new string('x', Columns + 1));
        Assert.Equal([2, 6], TooLong([most, more, "var text = \"\"\"", more, "    \"\"\";", more]).Select(line => line.Number));
    }

    /// <summary>Lines, counted from 1. The text of a raw string is as long as it is.</summary>
    private static IEnumerable<(int Number, string Text)> TooLong(IEnumerable<string> lines)
    {
        const string raw = "\"\"\"";
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
