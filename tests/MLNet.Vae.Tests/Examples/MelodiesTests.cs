using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class MelodiesTests
{
    [Fact]
    public async Task Writes_melodies_pictures_and_a_model()
    {
        using var directory = new TemporaryDirectory();

        var run = await ProgramRun.Of("MelodiesProgram", "--melodies", "500", "--epochs", "2", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("notes by chance", run.Output);
        foreach (var file in new[] { "sample-4.mid", "sample.png", "between-8.mid", "between.png", "melodies.onnx" })
            Assert.True(File.Exists(Path.Combine(directory.File("out"), file)), file);
        Assert.True(File.ReadAllBytes(Path.Combine(directory.File("out"), "sample-1.mid")).AsSpan().StartsWith("MThd"u8));
    }

    [Fact]
    public async Task Says_which_option_is_out_of_range()
    {
        var run = await ProgramRun.Of("MelodiesProgram", "--melodies", "10");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--melodies must be at least 500.", run.Error);
    }
}
