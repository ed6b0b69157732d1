using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class FileFragmentsTests
{
    [Fact]
    public async Task Runs_to_its_end_and_saves_models_that_give_the_same_again()
    {
        using var directory = new TemporaryDirectory();

        var run = await ProgramRun.Of("FileFragmentsProgram", "--fragments", "100", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("the same", run.Output);
        Assert.Equal(2, Directory.GetFiles(directory.File("out"), "model.zip", SearchOption.AllDirectories).Length);
    }
}
