using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Report;

namespace MLNet.Vae.Tests.Examples;

/// <summary>The page of lectures, as the program writes it.</summary>
public sealed class LecturePageTests
{
    private const string Program = "LecturesProgram";

    [Fact]
    public async Task Opens_in_a_browser_without_an_error_or_a_request()
    {
        using var directory = new TemporaryDirectory();
        DigitsTests.WriteFolder(directory);

        var run = await ProgramRun.Of(
            Program, directory.Path, "--quick", "--only", "linear", "gaussian", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("1. Linear autoencoder and PCA", run.Output);
        var page = await File.ReadAllTextAsync(
            Path.Combine(directory.File("out"), "lectures.html"), TestContext.Current.CancellationToken);
        Assert.Equal(2, page.Split("<section ").Length - 1);
        Assert.Equal(3, page.Split("<img ").Length - 1);
        Assert.Contains("VaeOptions.LinearAutoencoder(Dimension)", page);

        var chromium = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        Assert.SkipUnless(File.Exists(chromium), $"Chromium is not installed ({chromium}; the variable CHROMIUM names another).");
        await using var reader = await ReportReader.Start(chromium, directory.File("out"));
        var seen = await reader.Look("lectures");
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        Assert.DoesNotContain(
            seen.GetProperty("requests").EnumerateArray(), url => !url.GetString()!.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_which_sections_there_are()
    {
        using var directory = new TemporaryDirectory();
        var run = await ProgramRun.Of(Program, directory.Path, "--only", "pca");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--only pca: there is no such section. There are linear, shallow, deep,", run.Error);
    }
}
