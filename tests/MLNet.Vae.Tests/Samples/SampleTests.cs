using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.Vae.Tests.Samples;

/// <summary>Samples run as they stand, and the page that everybody sees first shows one of them.</summary>
public sealed partial class SampleTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(SampleProgram.Folder, "*.cs").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Names_the_packages_that_it_takes_at_the_versions_that_are_tested(string file)
    {
        var props = XDocument.Load(Path.Combine(TestData.RepositoryRoot, "Directory.Packages.props"));
        var values = props.Descendants().Where(element => !element.HasElements).GroupBy(element => $"$({element.Name.LocalName})")
            .ToDictionary(group => group.Key, group => group.First().Value);
        var tested = props.Descendants("PackageVersion").ToDictionary(
            package => package.Attribute("Include")!.Value,
            package => values.GetValueOrDefault(package.Attribute("Version")!.Value, package.Attribute("Version")!.Value));
        var packages = Package().Matches(Text(file))
            .Select(match => (Name: match.Groups[1].Value, Version: match.Groups[2].Value)).ToList();
        Assert.Contains(("MLNet.Vae", "*"), packages);
        Assert.All(
            packages.Where(package => !package.Name.StartsWith("MLNet.Vae", StringComparison.Ordinal)),
            package => Assert.Equal(tested[package.Name], package.Version));
        // Programs of one file are compiled to native code otherwise, and ML.NET compiles code as it runs.
        Assert.Contains("#:property PublishAot=false", Text(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Anomalies_are_found_and_their_columns_named()
    {
        var lines = SampleProgram.Run(Text("anomalies.cs"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("as usual ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^unlike the others .* most of all Temperature$", lines[1]);
        Assert.Matches("^unlike the others .* most of all Mode$", lines[2]);
    }

    [Fact]
    public void Features_learned_from_all_rows_serve_the_few_with_a_label()
    {
        var lines = SampleProgram.Run(Text("features.cs"));
        var areas = lines.Select(line => double.Parse(line[^5..], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(3, areas.Length);
        Assert.True(areas[0] > areas[1], string.Join('\n', lines));
        Assert.Equal(areas[0], areas[2]);
    }

    [Fact]
    public void The_first_page_shows_the_first_sample()
    {
        var page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "README.md"));
        Assert.Contains($"```csharp\n{SampleProgram.Code(Text("anomalies.cs"))}\n```", page, StringComparison.Ordinal);
    }

    private static string Text(string file) => File.ReadAllText(Path.Combine(SampleProgram.Folder, file));

    [GeneratedRegex(@"^#:package (\S+)@(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Package();
}
