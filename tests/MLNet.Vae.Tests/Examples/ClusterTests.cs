using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class ClusterTests
{
    [Fact]
    public async Task A_silo_writes_the_bytes_of_one_process_and_trains_a_fleet()
    {
        using var directory = new TemporaryDirectory();
        var run = await ProgramRun.Of(
            "ClusterProgram", "--embedded", "--rows", "6000", "--keys", "3", "--output", directory.File("out"));

        Assert.True(run.ExitCode == 0, run.Error + run.Output);
        Assert.Contains("the same bytes as one process'", run.Output, StringComparison.Ordinal);
        Assert.Contains("3 models trained", run.Output, StringComparison.Ordinal);
        Assert.Equal(48, Directory.GetFiles(directory.File("out/1-silo"), "part-*.csv").Length);
    }
}
