using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Examples;

public class ParquetTests
{
    [Fact]
    public async Task Fills_the_nulls_of_a_file()
    {
        using var directory = new TemporaryDirectory();
        var file = directory.File("readings.parquet");

        var run = await ProgramRun.Of("ParquetProgram", file, "--epochs", "20");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.True(File.Exists(file));
        // Whole numbers and Booleans have nulls as well.
        Assert.Matches(@"\nSpeed +1000 +[1-9][0-9]* +Quantile ", run.Output);
        Assert.Matches(@"\nValveOpen +1000 +[1-9][0-9]* +Boolean ", run.Output);
        var parts = run.Output.Split("The same, filled");
        Assert.Contains("null", parts[0]);
        Assert.DoesNotContain("null", parts[1]);
        Assert.DoesNotContain("NaN", parts[1]);
        Assert.DoesNotContain("01/01/0001", parts[1]);
    }
}
