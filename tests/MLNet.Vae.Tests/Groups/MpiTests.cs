using System.Diagnostics;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Samples;

namespace MLNet.Vae.Tests.Groups;

/// <summary>Processes that mpirun starts.</summary>
public class MpiTests
{
    private static readonly string? _mpirun = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "mpirun")).FirstOrDefault(File.Exists);

    [Fact]
    public async Task Ranks_of_a_job_train_one_model()
    {
        var run = await Job("train");
        Assert.Equal(0, run.ExitCode);
        var lines = Lines(run);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("0 of 2: 153 rows, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(lines[0][1..], lines[1][1..]);
    }

    [Fact]
    public async Task Sums_and_what_is_gathered_are_the_same_on_all_ranks()
    {
        var run = await Job("sums");
        Assert.Equal(["0 of 2: 3 20 1 0 1", "1 of 2: 3 20 1 0 1"], Lines(run));
    }

    [Fact]
    public async Task A_rank_that_fails_ends_the_job_and_says_why()
    {
        var run = await Job("throw");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Rank 1 of 2 failed, and all end with it: IOException: the disk is gone", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rank_that_dies_ends_the_job_and_mpirun_names_it()
    {
        var run = await Job("die");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("rank 1", run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>A rank that dies loses no more than what came after the last checkpoint, and the job goes on with another number.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_job_one_rank_of_which_died_goes_on_with_another_number_of_ranks(int ranks)
    {
        using var folder = new TemporaryDirectory();
        Directory.CreateDirectory(folder.File("kept"));
        var broken = await Job("detect", ranks: 2, arguments: [folder.File("kept"), "die"]);
        Assert.NotEqual(0, broken.ExitCode);
        Assert.Contains("rank 1", broken.Output + broken.Error, StringComparison.Ordinal);

        var run = await Job("detect", ranks: ranks, arguments: [folder.File("kept")]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"0 of {ranks}: goes on", run.Output, StringComparison.Ordinal);
        string[] ends = [.. run.Output.Split('\n').Where(line => line.Contains(" epochs, ", StringComparison.Ordinal))];
        Assert.Equal(ranks, ends.Length);
        Assert.All(ends, line => Assert.EndsWith(ends[0][(ends[0].IndexOf(": ", StringComparison.Ordinal) + 2)..], line));
        Assert.Contains(": 30 epochs, 240 rows, ", ends[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_page_shows_trains_on_the_files_of_all_ranks()
    {
        using var folder = new TemporaryDirectory();
        var run = await Start(folder.Path, ranks: 2, SampleProgram.Compile("group.cs"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("rank 0 of 2: 2 files, 108 rows of all ranks", run.Output, StringComparison.Ordinal);
        Assert.Contains("rank 1 of 2: 1 files, 108 rows of all ranks", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>What ranks print, in their order; a terminal's own signs are left out.</summary>
    private static string[] Lines(ProgramRun run) =>
    [
        .. run.Output.Split('\n').Select(line => line[Math.Max(0, line.IndexOfAny(['0', '1']))..])
            .Where(line => line.Contains(" of 2: ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(" of 2: ", StringComparison.Ordinal) - 1)..].Trim()).Order(StringComparer.Ordinal),
    ];

    private static Task<ProgramRun> Job(string what, int ranks = 2, params string[] arguments)
        => Start("", ranks, ["exec", ProgramRun.Find("RanksProgram"), what, .. arguments]);

    private static async Task<ProgramRun> Start(string folder, int ranks, params string[] arguments)
    {
        Assert.SkipUnless(_mpirun is not null, "Needs mpirun.");
        // So many ranks on whatever there is, and as whoever runs the tests.
        var start = new ProcessStartInfo(_mpirun!, ["-n", $"{ranks}", "dotnet", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var name in new[] { "OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "OMPI_MCA_rmaps_base_oversubscribe" })
            start.Environment[name] = "1";
        start.Environment["OMPI_MCA_mpi_yield_when_idle"] = "1";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new(process.ExitCode, output, await error);
    }
}
