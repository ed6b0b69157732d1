namespace MLNet.Vae.Tests.Architecture;

/// <summary>A concept has one folder, and no folder uses one that uses it: see docs/architecture.md.</summary>
public class FolderTests
{
    [Fact]
    public void No_folders_of_training_use_each_other_in_a_circle() => Assert.Empty(Project("MLNet.Vae").Circles());

    [Fact]
    public void No_folders_of_scoring_use_each_other_in_a_circle() => Assert.Empty(Project("MLNet.Vae.Scoring").Circles());

    [Fact]
    public void A_circle_is_named_with_the_files_that_make_it()
    {
        var uses = new FolderUses(
        [
            ("A/First.cs", "internal sealed class First\n{\n    private Second _second; // Third\n}\n"),
            (
                "B/Deeper/Second.cs",
                "public abstract record Second(string Third)\n{\n    public static Third Of(string x) => x == \"First\" ? new() : "
                + "null;\n}\n"
            ),
            ("C/Third.cs", "internal enum Third\n{\n    None,\n}\n"),
            ("C/Fourth.cs", "internal static class Fourth\n{\n    public static First Of(Fifth x) => x.Second;\n}\n"),
            ("D/Fifth.cs", "internal interface Fifth;\n"),
            ("Sixth.cs", "internal struct Sixth\n{\n    private Second _second;\n}\n"),
        ]);
        Assert.Equal(
            ["A -> B: A/First.cs (Second)", "B -> C: B/Deeper/Second.cs (Third)", "C -> A: C/Fourth.cs (First)"],
            uses.Circles());
    }

    private static FolderUses Project(string name) => FolderUses.Of(Path.Combine(TestData.RepositoryRoot, "src", name));
}
