using System.Reflection;

namespace MLNet.Vae.Tests.PublicApi;

/// <summary>What users can name is written down: it changes on purpose or not at all.</summary>
public class PublicApiTests
{
    private const string RootKey = "RepositoryRoot";

    [Theory]
    [InlineData("MLNet.Vae.Runtime")]
    [InlineData("MLNet.Vae.Scoring")]
    [InlineData("MLNet.Vae")]
    [InlineData("MLNet.Vae.Hosting")]
    [InlineData("MLNet.Vae.Orleans")]
    [InlineData("MLNet.Vae.Report")]
    [InlineData("MLNet.Vae.Extensions.AI")]
    [InlineData("MLNet.Vae.Mpi")]
    public void Is_the_approved_one(string assembly)
    {
        var received = ApiPrinter.Print(Assembly.Load(assembly));
        var approvedPath = Path.Combine(RepositoryRoot, "tests", "MLNet.Vae.Tests", "PublicApi", $"{assembly}.approved.txt");
        var approved = File.Exists(approvedPath) ? File.ReadAllText(approvedPath).ReplaceLineEndings("\n") : "";
        if (received == approved)
        {
            return;
        }

        var receivedPath = Path.Combine(AppContext.BaseDirectory, $"{assembly}.received.txt");
        File.WriteAllText(receivedPath, received);
        Assert.Fail(
            $"The public API of {assembly} is not the approved one (- approved, + found):\n{TextDifference.Of(approved, received)}\n"
                + $"If the change is meant, add a line to CHANGELOG.md and approve it:\n  cp \"{receivedPath}\" \"{approvedPath}\"");
    }

    [Fact]
    public void A_difference_is_shown_below_its_type()
    {
        const string Before = "class A\n    int X\n    int Y\n\nclass B\n    int Z\n";
        const string After = "class A\n    int X\n    long Y\n\nclass B\n    int Z\n    int W\n\nclass C\n";
        Assert.Equal(
            "  class A\n+     long Y\n-     int Y\n  class B\n+     int W\n+ class C\n+ \n",
            TextDifference.Of(Before, After));
    }

    private static string RepositoryRoot => typeof(PublicApiTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == RootKey).Value!;
}
