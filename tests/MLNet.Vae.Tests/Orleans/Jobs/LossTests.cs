namespace MLNet.Vae.Tests.Orleans.Jobs;

/// <summary>What a job outlives.</summary>
public sealed class LossTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_silo_that_is_killed_loses_nothing()
    {
        await using var cluster = await ScoringCluster.Of(3, options => options.MaximumConcurrency = 2);
        var job = cluster.Job([.. Enumerable.Range(1, 12).Select(Partition)]) with { Reader = "gated" };
        var id = (await cluster.Jobs.Submit(job)).Id;
        await Until(() => Task.FromResult(cluster.Gate.Waiting == 6));

        // One of three: it has two partitions, and perhaps the job itself.
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[^1], TestContext.Current.CancellationToken);
        await Until(async () => (await Status(cluster, id))?.State == VaeJobState.Running && (await Status(cluster, id))!.Running == 4);
        cluster.Gate.Open();
        var status = await cluster.Jobs.Wait(id, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal((VaeJobState.Done, 12, 78L), (status.State, status.Done, status.Rows));
        await SameAsOneSilo(cluster, job);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_silo_of_the_job_itself_may_be_killed_or_stopped(bool isKilled)
    {
        await using var cluster = await ScoringCluster.Of(2, options => options.MaximumConcurrency = 2);
        // Of several jobs some are on the silo that goes.
        var jobs = Enumerable.Range(0, 6)
            .Select(i => cluster.Job([.. Enumerable.Range(1, 3).Select(Partition)], $"scores{i}") with { Reader = "gated" }).ToList();
        foreach (var job in jobs)
            await cluster.Jobs.Submit(job);
        await Until(() => Task.FromResult(cluster.Gate.Waiting == 4));
        if (isKilled)
            await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[^1], TestContext.Current.CancellationToken);
        else
            await cluster.Silos.StopSiloAsync(cluster.Silos.Silos[^1], TestContext.Current.CancellationToken);
        cluster.Gate.Open();

        // Nobody asks for them: the silo that is left takes them up.
        await Until(() => Task.FromResult(jobs.TrueForAll(job => Enumerable.Range(0, 3).All(i => File.Exists(job.OutputPath(i))))));
        var takeovers = 0;
        foreach (var job in jobs)
        {
            var status = await cluster.Jobs.Wait(job.Content(), cancellation: TestContext.Current.CancellationToken);
            Assert.Equal((VaeJobState.Done, 3), (status.State, status.Done));
            takeovers += status.Takeovers;
        }
        Assert.InRange(takeovers, 1, 6);
    }

    [Fact]
    public async Task A_job_waits_for_storage_that_is_down()
    {
        await using var cluster = await ScoringCluster.Of(1);
        var job = cluster.Job([Partition(1), Partition(2)]) with { Reader = "gated" };
        cluster.Tables.IsDown = true;
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Jobs.Submit(job));
        Assert.Contains("The database does not answer.", refused.ToString(), StringComparison.Ordinal);

        cluster.Tables.IsDown = false;
        var id = (await cluster.Jobs.Submit(job)).Id;
        cluster.Tables.IsDown = true;
        cluster.Gate.Open();
        var status = await cluster.Jobs.Wait(id, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(VaeJobState.Suspended, status.State);
        Assert.Equal(
            "The cluster's storage did not take the progress of a job in 2 attempts. Look after it; what is known is kept in memory "
                + "meanwhile. Reason: The database does not answer.",
            status.Message);

        cluster.Tables.IsDown = false;
        await Until(async () => (await cluster.Jobs.GetStatus(id)).State == VaeJobState.Done);
        Assert.Equal(3, (await cluster.Jobs.GetStatus(id)).Rows);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_can_be_taken_up_again()
    {
        await using var cluster = await ScoringCluster.Of(1, options => options.MaximumConcurrency = 1);
        var job = cluster.Job([Partition(1), Partition(2), Partition(3)]) with { Reader = "gated" };
        var id = (await cluster.Jobs.Submit(job)).Id;
        await Until(() => Task.FromResult(cluster.Gate.Waiting == 1));
        Assert.Equal(VaeJobState.Cancelled, (await cluster.Jobs.Cancel(id)).State);
        await Until(() => Task.FromResult(cluster.Gate.Waiting == 0));
        Assert.False(File.Exists(job.OutputPath(0)));

        cluster.Gate.Open();
        await cluster.Jobs.Resume(id);
        var status = await cluster.Jobs.Wait(id, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((VaeJobState.Done, 6L), (status.State, status.Rows));
    }

    private static VaePartition Partition(int rows) => new() { Source = "numbers", From = rows };

    private static async Task<VaeJobStatus?> Status(ScoringCluster cluster, string id)
    {
        try
        {
            return await cluster.Jobs.GetStatus(id);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    private static async Task SameAsOneSilo(ScoringCluster cluster, VaeJob job)
    {
        var alone = job with { OutputFolder = cluster.File("alone"), Reader = "counted" };
        await cluster.Jobs.Wait((await cluster.Jobs.Submit(alone)).Id, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(ScoringCluster.Joined(alone), ScoringCluster.Joined(job));
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(Patience);
        while (!await condition())
            await Task.Delay(20, end.Token);
    }
}
