using System.Diagnostics;

namespace MLNet.Vae.Tests.Orleans.Jobs;

/// <summary>A disk that takes no more, as the system says it to a process that may write no longer file.</summary>
public sealed class FullDiskTests
{
    private const int MostKibibytes = 64;

    [Fact]
    public async Task Partitions_for_which_there_is_no_room_fail_and_the_others_go_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "Limits are set by bash.");
        var start = new ProcessStartInfo(
            "/bin/bash",
            [
                // The write fails in place of the process being ended.
                "-c", $"trap '' XFSZ; ulimit -f {MostKibibytes}; exec dotnet exec \"$0\" \"$@\"", typeof(FullDiskTests).Assembly.Location,
                "-explicit", "only", "-method", $"{typeof(FullDiskTests).FullName}.{nameof(In_a_process_that_may_write_no_more)}",
            ])
        {
            RedirectStandardOutput = true,
        };
        // The runtime's memory for compiled code is a file, too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public async Task In_a_process_that_may_write_no_more()
    {
        await using var cluster = await ScoringCluster.Of(1);
        // About 8 bytes a line.
        var job = cluster.Job([.. new[] { 10, 20_000, 30 }.Select(rows => new VaePartition { Source = "numbers", From = rows })]) with
        {
            Reader = "counted",
        };
        var status = await cluster.Jobs.Submit(job);
        status = await cluster.Jobs.Wait(status.Id, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((VaeJobState.DoneWithFailures, 2, 40L), (status.State, status.Done, status.Rows));
        var fault = Assert.Single(status.Faults);
        Assert.Equal(1, fault.Index);
        Assert.StartsWith(
            $"The result of a partition could not be written to '{job.OutputPath(1)}': ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(
            [job.OutputPath(0), job.OutputPath(2)], Directory.GetFileSystemEntries(job.OutputFolder).Order(StringComparer.Ordinal));
    }
}
