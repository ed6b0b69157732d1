using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace MLNet.Vae.Tests.Orleans.Jobs;

/// <summary>What users give and do that nobody meant.</summary>
public sealed class OddJobTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private ScoringCluster Cluster => silos.Cluster;

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("1,2,3,4,5,6")]
    [InlineData("1,2,3,4,5,6\r\n6,5,4,3,2,1\r\n")]
    [InlineData("\uFEFF1,2,3,4,5,6\n\n6,5,4,3,2,1\n\n\n")]
    public async Task Lines_end_in_any_way(string text)
    {
        var (path, count) = (Cluster.File("lines.csv"), text.Count(character => character == '1'));
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        var job = Cluster.Job(VaePartition.OfText(path, 3), "lines") with { Id = $"lines {text}" };
        var status = await Over(await Cluster.Jobs.Submit(job));
        Assert.Empty(status.Faults);
        Assert.Equal((VaeJobState.Done, (long)count), (status.State, status.Rows));
        Assert.Equal(count, ScoringCluster.Joined(job).Count(character => character == '\n'));
    }

    [Fact]
    public async Task Two_jobs_do_not_write_in_one_folder_at_once()
    {
        await using var cluster = await ScoringCluster.Of(1);
        var first = cluster.Job([Numbers(3)], "shared") with { Reader = "gated", Id = "first" };
        var again = Path.Combine("..", Path.GetFileName(cluster.Folder), "shared");
        var second = cluster.Job([Numbers(4)], again) with { Reader = "gated", Id = "second" };
        await cluster.Jobs.Submit(first);
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => cluster.Jobs.Submit(second));
        Assert.Equal(
            $"'{second.OutputFolder}': expected a folder that no other job writes in, found job \"first\", which is not over. Choose "
                + "another folder, or wait until that job is over.",
            fault.Message);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cluster.Jobs.GetStatus("second"));

        await cluster.Jobs.Cancel("first");
        await cluster.Jobs.Submit(second);
        fault = await Assert.ThrowsAsync<ArgumentException>(() => cluster.Jobs.Resume("first"));
        Assert.Contains("found job \"second\", which is not over", fault.Message, StringComparison.Ordinal);
        cluster.Gate.Open();
        var status = await cluster.Jobs.Wait("second", cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((VaeJobState.Done, 4L), (status.State, status.Rows));
        Assert.Equal(VaeJobState.Cancelled, (await cluster.Jobs.GetStatus("first")).State);
    }

    /// <summary>Whoever is asked first about a job that is over, one of them alone begins.</summary>
    [Fact]
    public async Task Of_jobs_that_come_at_once_one_writes_in_a_folder()
    {
        await using var cluster = await ScoringCluster.Of(1);
        var over = cluster.Job([Numbers(1)], "shared") with { Reader = "counted", Id = "over" };
        await cluster.Jobs.Wait((await cluster.Jobs.Submit(over)).Id, cancellation: TestContext.Current.CancellationToken);
        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var job = cluster.Job([Numbers(3)], "shared") with { Reader = "gated", Id = $"job {i}" };
            return await Record.ExceptionAsync(() => cluster.Jobs.Submit(job)) is ArgumentException;
        }));
        Assert.Single(refused, wasRefused => !wasRefused);
        cluster.Gate.Open();
    }

    [Fact]
    public async Task A_job_that_is_cancelled_at_once_and_resumed_twice_is_done_once()
    {
        var job = Cluster.Job([.. Enumerable.Range(1, 20).Select(Numbers)], "hasty") with { Reader = "counted", Id = "hasty" };
        await Cluster.Jobs.Submit(job);
        await Task.WhenAll(Cluster.Jobs.Cancel("hasty"), Cluster.Jobs.Cancel("hasty"));
        await Task.WhenAll(Cluster.Jobs.Resume("hasty"), Cluster.Jobs.Resume("hasty"), Cluster.Jobs.Resume("hasty"));
        var status = await Over(await Cluster.Jobs.Resume("hasty"));
        Assert.Equal((VaeJobState.Done, 20, 210L, 0), (status.State, status.Done, status.Rows, status.Failed));
        Assert.Equal(VaeJobState.Done, (await Over(await Cluster.Jobs.Resume("hasty"))).State);
        Assert.Equal(210, ScoringCluster.Joined(job).Count(character => character == '\n'));
    }

    [Fact]
    public async Task Hundreds_of_partitions_are_scored()
    {
        const int Count = 200;
        var job = Cluster.Job([.. Enumerable.Repeat(Numbers(1), Count)], "many") with { Reader = "counted" };
        var status = await Over(await Cluster.Jobs.Submit(job));
        Assert.Equal((VaeJobState.Done, Count, (long)Count), (status.State, status.Done, status.Rows));
        Assert.Equal(Count, Directory.GetFiles(job.OutputFolder).Length);
    }

    [Fact]
    public async Task Storage_that_throws_now_and_then_delays_alone()
    {
        await using var cluster = await ScoringCluster.Of(
            2, options => (options.StorageAttempts, options.StorageRetryDelay) = (5, TimeSpan.FromMilliseconds(1)));
        cluster.Tables.ThrowsEvery = 3;
        var jobs = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => cluster.Jobs.Submit(
            cluster.Job([Numbers(i + 1), Numbers(2)], $"shaky{i}") with { Reader = "counted" })));
        foreach (var (job, i) in jobs.Select((job, i) => (job, i)))
        {
            var status = await cluster.Jobs.Wait(job.Id, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal((VaeJobState.Done, i + 3L), (status.State, status.Rows));
        }
    }

    [Fact]
    public async Task A_silo_that_cannot_leaves_partitions_to_those_that_can()
    {
        var (numbers, built) = (new NumberReader(), 0);
        await using var cluster = await ScoringCluster.Of(2, build: silo =>
        {
            // As on a silo of an older version.
            if (Interlocked.Increment(ref built) == 1)
                silo.Services.AddKeyedSingleton<IVaePartitionReader>("new", numbers);
        });
        VaeJobStatus? status = null;
        for (var i = 0; status is null; i++)
        {
            try
            {
                status = await cluster.Jobs.Submit(
                    cluster.Job([.. Enumerable.Range(1, 12).Select(Numbers)], "able") with { Reader = "new", Id = $"able{i}" });
            }
            catch (ArgumentException fault)
            {
                // The silo that cannot has taken it.
                Assert.Contains("expected the name of a partition reader", fault.Message, StringComparison.Ordinal);
            }
        }
        status = await cluster.Jobs.Wait(status.Id, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(status.Faults);
        Assert.Equal((VaeJobState.Done, 78L), (status.State, status.Rows));
        Assert.Equal(12, numbers.Asked.Count);
    }

    [Fact]
    public async Task Names_that_no_database_keeps_are_refused()
    {
        foreach (var character in new[] { '\0', '\uD800' })
        {
            Assert.Equal(
                $"Expected the name of a job that is text, found U+{(int)character:X4} in it, which databases do not keep. Leave it out.",
                (await Assert.ThrowsAsync<ArgumentException>(() => Cluster.Jobs.GetStatus($"a{character}b"))).Message);
        }
    }

    [Fact]
    public async Task Names_are_of_any_language_and_not_too_long()
    {
        const string Name = "täglich/昨日 🚰 '; DROP TABLE x; --";
        var job = Cluster.Job([Numbers(2)], "named") with { Reader = "counted", Id = Name };
        var status = await Over(await Cluster.Jobs.Submit(job));
        Assert.Equal((VaeJobState.Done, Name), (status.State, status.Id));
        var fault = await Assert.ThrowsAsync<ArgumentException>(() => Cluster.Jobs.Submit(job with { Id = new('x', 501) }));
        Assert.Equal(
            "Expected the name of a job of at most 500 characters with what is put before it, found 501: \"xxxxxxxxxxxxxxxxxxxx…\". Give a "
                + "shorter one, such as a hash of it.",
            fault.Message);
    }

    private Task<VaeJobStatus> Over(VaeJobStatus status)
        => Cluster.Jobs.Wait(status.Id, cancellation: TestContext.Current.CancellationToken);

    private static VaePartition Numbers(int rows) => new() { Source = "numbers", From = rows };
}
