using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.Vae.Tests.Samples;

/// <summary>What all samples have, and the page that everybody sees first.</summary>
public sealed partial class SampleTests
{
    public static TheoryData<string> Names => [.. SampleProgram.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_the_packages_that_it_takes_at_the_versions_that_are_tested(string name)
    {
        var props = XDocument.Load(Path.Combine(TestData.RepositoryRoot, "Directory.Packages.props"));
        var values = props.Descendants().Where(element => !element.HasElements).GroupBy(element => $"$({element.Name.LocalName})")
            .ToDictionary(group => group.Key, group => group.First().Value);
        var tested = props.Descendants("PackageVersion").ToDictionary(
            package => package.Attribute("Include")!.Value,
            package => values.GetValueOrDefault(package.Attribute("Version")!.Value, package.Attribute("Version")!.Value));
        var packages = Package().Matches(SampleProgram.Text(name))
            .Select(match => (Name: match.Groups[1].Value, Version: match.Groups[2].Value)).ToList();
        var (own, others) = (packages.Where(IsOwn).ToList(), packages.Where(package => !IsOwn(package)).ToList());
        Assert.NotEmpty(own);
        Assert.All(own, package => Assert.Equal("*", package.Version));
        Assert.All(others, package => Assert.Equal(tested[package.Name], package.Version));
        // Programs of one file are compiled to native code otherwise, and ML.NET compiles code as it runs.
        Assert.Contains("#:property PublishAot=false", SampleProgram.Text(name), StringComparison.Ordinal);
        // Native libraries of this system: those of three are 1.5 GB, which are copied for each program.
        Assert.Contains("#:property UseCurrentRuntimeIdentifier=true", SampleProgram.Text(name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_test_that_runs_it(string name)
    {
        var tests = Path.Combine(TestData.RepositoryRoot, "tests", "MLNet.Vae.Tests");
        var files = Directory.EnumerateFiles(Path.Combine(tests, "Samples"), "*.cs").Append(Path.Combine(tests, "Groups", "MpiTests.cs"));
        Assert.Contains(files, file => File.ReadAllText(file).Contains($"(\"{name}\")", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_page_shows_the_first_sample()
    {
        var page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "README.md"));
        Assert.Contains($"```csharp\n{SampleProgram.Code("anomalies.cs")}\n```", page, StringComparison.Ordinal);
    }

    private static bool IsOwn((string Name, string Version) package) => package.Name.StartsWith("MLNet.Vae", StringComparison.Ordinal);

    [GeneratedRegex(@"^#:package (\S+)@(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Package();
}
