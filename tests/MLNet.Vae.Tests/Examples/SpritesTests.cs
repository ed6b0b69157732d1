using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class SpritesTests
{
    [Fact]
    public async Task Measures_and_writes_pictures_and_a_model()
    {
        using var directory = new TemporaryDirectory();

        var run = await ProgramRun.Of("SpritesProgram", "--sprites", "500", "--epochs", "3", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("principal components", run.Output);
        Assert.Contains("Disentanglement", run.Output);
        foreach (var file in new[] { "model.zip", "reconstructions.png", "report.html", "samples.png", "traversals.png" })
        {
            Assert.True(File.Exists(Path.Combine(directory.File("out"), file)), file);
            Assert.Contains(file, run.Output);
        }
    }

    [Fact]
    public async Task Says_which_option_is_out_of_range()
    {
        var run = await ProgramRun.Of("SpritesProgram", "--sprites", "10");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--sprites must be at least 500.", run.Error);
    }
}
