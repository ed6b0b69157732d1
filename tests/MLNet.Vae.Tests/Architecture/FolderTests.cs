namespace MLNet.Vae.Tests.Architecture;

/// <summary>A concept has one folder, and no folder uses one that uses it: see docs/architecture.md.</summary>
public class FolderTests
{
    [Fact]
    public void No_folders_of_training_use_each_other_in_a_circle() => NoCircles("MLNet.Vae", "Latents", "Architectures");

    [Fact]
    public void No_folders_of_the_runtime_use_each_other_in_a_circle() => NoCircles("MLNet.Vae.Runtime", "Latents", "Onnx");

    [Fact]
    public void No_folders_of_scoring_use_each_other_in_a_circle() => NoCircles("MLNet.Vae.Scoring", "Cursors", "Columns");

    [Fact]
    public void No_folders_of_the_report_use_each_other_in_a_circle() => NoCircles("MLNet.Vae.Report", "Payload", "Rows");

    [Fact]
    public void No_folders_of_hosting_use_each_other_in_a_circle() => NoCircles("MLNet.Vae.Hosting", "Models", "Rows");

    [Fact]
    public void No_folders_of_the_cluster_use_each_other_in_a_circle() => NoCircles("MLNet.Vae.Orleans", "Jobs", "Partitions");

    [Fact]
    public void No_folders_of_the_command_line_use_each_other_in_a_circle() => NoCircles("MLNet.Vae.Tool", "Commands", "Files");

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

    [Fact]
    public void The_call_of_an_extension_is_a_use_of_its_folder()
    {
        var uses = new FolderUses(
        [
            ("A/First.cs", "internal static class First\n{\n    public static int Doubled(this int x) => 2 * x;\n}\n"),
            ("B/Second.cs", "internal static class Second\n{\n    public static int Of(int x) => x.Doubled();\n}\n"),
        ]);
        Assert.Equal(["B/Second.cs (Doubled)"], uses.Of("B", "A"));
        Assert.Empty(uses.Of("A", "B"));
    }

    /// <summary>Nor are there none because none was seen: of one use it is known that it is there.</summary>
    private static void NoCircles(string project, string knownFrom, string knownTo)
    {
        var uses = FolderUses.In(Path.Combine(TestData.RepositoryRoot, "src", project));
        Assert.NotEmpty(uses.Of(knownFrom, knownTo));
        Assert.Empty(uses.Circles());
    }
}
