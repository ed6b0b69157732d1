using Microsoft.Extensions.DependencyInjection;
using MLNet.Vae.Tests.Hosting;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Orleans.Fleets;

public sealed class FleetTests
{
    private const string Fleet = "pumps";
    private const int Width = SampleModels.Features, Needed = 10;

    private readonly SampleTrainer _trainer = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_learns_from_what_it_scores()
    {
        await using var cluster = await Cluster();
        var fleet = Client(cluster);
        for (var i = 1; i < Needed; i++)
            Assert.Null((await fleet.Score(Fleet, "one", Reading(i))).Scores);
        Assert.Equal((9L, 9, 0, 0L, false), Facts(await fleet.GetStatus(Fleet, "one")));
        await fleet.Score(Fleet, "one", Reading(Needed));
        await Until(async () => (await fleet.GetStatus(Fleet, "one")).ModelVersion == 1);

        Assert.Equal((Fleet, "one", Width, Needed * Width), (
            _trainer.Last!.Fleet, _trainer.Last.Key, _trainer.Last.FeatureCount, _trainer.Last.Rows.Length));
        Assert.Equal([.. Enumerable.Range(1, Needed).SelectMany(Reading)], _trainer.Last.Rows.ToArray());
        var two = await fleet.Score(Fleet, "one", (float[])[.. Reading(20), .. Reading(21)], Width);
        Assert.Equal([Score(1, 20), Score(1, 21)], two.Scores!, (a, b) => Math.Abs(a - b) < 1e-5 * Math.Abs(a));
        Assert.Equal(two.Scores!.Select(score => score > SampleModels.Threshold), two.PredictedLabels!);
        Assert.Equal((12L, 12, 1, 10L, false), Facts(await fleet.GetStatus(Fleet, "one")));

        // Another key knows nothing of it; a model of more readings takes its place.
        Assert.Null((await fleet.Score(Fleet, "two", Reading(1))).Scores);
        for (var i = 0; i < 13; i++)
            await fleet.Score(Fleet, "one", Reading(30 + i));
        await Until(async () => (await fleet.GetStatus(Fleet, "one")).ModelVersion == 2);
        Assert.Equal((25L, 20, 2, 25L, false), Facts(await fleet.GetStatus(Fleet, "one")));
        Assert.Equal(6, _trainer.Last.Rows.Span[0]);
    }

    [Fact]
    public async Task A_thousand_keys_at_once_and_odd_ones_are_kept_apart()
    {
        await using var cluster = await Cluster(2);
        var fleet = Client(cluster);
        string[] keys = ["a:b", ":", "5:pumps:x", "Pumpe 7/Ä 🚰", new('k', 490), .. Enumerable.Range(0, 1_000).Select(i => $"key {i}")];
        await Task.WhenAll(keys.Select((key, i) => fleet.Score(Fleet, key, Reading(i))));
        var known = await Task.WhenAll(keys.Select(key => fleet.GetStatus(Fleet, key)));
        Assert.All(known, status => Assert.Equal(1, status.Readings));

        var fault = await Assert.ThrowsAsync<ArgumentException>(() => fleet.GetStatus(Fleet, new('k', 500)));
        Assert.StartsWith(
            "Expected a key of at most 500 characters with what is put before it, found 508", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_idle_comes_back_where_it_was()
    {
        await using var cluster = await Cluster(2);
        var fleet = Client(cluster);
        await fleet.Score(Fleet, "one", (float[])[.. Enumerable.Range(1, Needed).SelectMany(Reading)], Width);
        await Until(async () => (await fleet.GetStatus(Fleet, "one")).ModelVersion == 1);
        await fleet.Score(Fleet, "one", Reading(11));
        var (before, score) = (await fleet.GetStatus(Fleet, "one"), (await fleet.Score(Fleet, "one", Reading(12))).Scores![0]);

        var management = cluster.Silos.Client.GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero, Ended);
        await Until(async () => !(await management.GetDetailedGrainStatistics(null, null, Ended)).Any(
            grain => grain.GrainType.Contains("FleetGrain", StringComparison.Ordinal)));

        Assert.Equal(before with { Readings = 12, Kept = 12 }, await fleet.GetStatus(Fleet, "one"));
        Assert.Equal(score, (await fleet.Score(Fleet, "one", Reading(12))).Scores![0]);
        Assert.Equal(1, _trainer.Count);
    }

    [Fact]
    public async Task Keys_outlive_their_silo_but_for_what_was_not_saved()
    {
        await using var cluster = await Cluster(2);
        var fleet = Client(cluster);
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"key {i}")];
        foreach (var key in keys)
            await fleet.Score(Fleet, key, (float[])[.. Enumerable.Range(1, Needed).SelectMany(Reading)], Width);
        foreach (var key in keys)
            await Until(async () => await fleet.GetStatus(Fleet, key) is { ModelVersion: 1 });
        foreach (var key in keys)
            await fleet.Score(Fleet, key, Reading(11));
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[^1], Ended);

        foreach (var key in keys)
        {
            VaeFleetStatus? status = null;
            await Until(async () => (status = await Tried(() => fleet.GetStatus(Fleet, key))) is not null);
            Assert.Equal(1, status!.ModelVersion);
            Assert.InRange(status.Readings, 10, 11);
        }
    }

    [Fact]
    public async Task A_silo_trains_as_many_at_once_as_it_is_told()
    {
        _trainer.Gate = new();
        await using var cluster = await Cluster();
        var fleet = Client(cluster);
        var rows = Enumerable.Range(1, Needed).SelectMany(Reading).ToArray();
        for (var key = 0; key < 5; key++)
            await fleet.Score(Fleet, $"{key}", rows, Width);
        await Until(() => Task.FromResult(_trainer.Count == 2));
        Assert.True((await fleet.GetStatus(Fleet, "4")).IsTraining);
        // A key is answered while it trains.
        Assert.Null((await fleet.Score(Fleet, "0", Reading(1))).Scores);
        _trainer.Gate.SetResult();
        for (var key = 0; key < 5; key++)
            await Until(async () => (await fleet.GetStatus(Fleet, $"{key}")).ModelVersion == 1);
        Assert.Equal((5, 2), (_trainer.Count, _trainer.Most));
    }

    [Fact]
    public async Task A_training_that_fails_is_said_and_tried_again()
    {
        _trainer.Fault = "Too few.";
        await using var cluster = await Cluster();
        var fleet = Client(cluster);
        await fleet.Score(Fleet, "one", (float[])[.. Enumerable.Range(1, Needed).SelectMany(Reading)], Width);
        await Until(async () => (await fleet.GetStatus(Fleet, "one")).Fault == "Too few.");
        _trainer.Fault = null;
        await Until(async () =>
        {
            await fleet.Score(Fleet, "one", Reading(1));
            return (await fleet.GetStatus(Fleet, "one")) is { ModelVersion: 1, Fault: null };
        });
    }

    [Fact]
    public async Task A_model_that_comes_over_the_wire_is_checked_like_a_file()
    {
        await using var cluster = await Cluster();
        var fleet = Client(cluster);
        var onnx = SampleTrainer.Model(7).ToOnnx(VaeGraph.Scorer);
        Assert.Equal(1, (await fleet.SetModel(Fleet, "one", onnx)).ModelVersion);
        Assert.Equal(Score(7, 3), (await fleet.Score(Fleet, "one", Reading(3))).Scores![0], 1e-4);

        onnx[onnx.Length / 2] ^= 1;
        await Assert.ThrowsAsync<InvalidDataException>(() => fleet.SetModel(Fleet, "one", onnx));
        var wide = await Assert.ThrowsAsync<ArgumentException>(
            () => fleet.SetModel(Fleet, "one", SampleTrainer.Model(7, 8).ToOnnx(VaeGraph.Scorer)));
        Assert.Equal(
            "\"one\" of fleet \"pumps\": expected a model of 6 numbers, as its readings have, found one of 8. Give a model of the same.",
            wide.Message);
        Assert.Equal(1, (await fleet.GetStatus(Fleet, "one")).ModelVersion);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_not_kept()
    {
        await using var cluster = await Cluster();
        var fleet = Client(cluster);
        await fleet.Score(Fleet, "one", Reading(1));
        Assert.Equal(
            "\"one\" of fleet \"pumps\": expected readings of 6 numbers, as those before, found 5. Give the same, or another key.",
            (await Assert.ThrowsAsync<ArgumentException>(() => fleet.Score(Fleet, "one", new float[5]))).Message);
        Assert.Equal(
            "Reading 1 (counted from 0), number 2: expected a finite number, found NaN. Leave the reading out, or put a number in its "
                + "place.",
            (await Assert.ThrowsAsync<ArgumentException>(
                () => fleet.Score(Fleet, "one", (float[])[.. Reading(1), 1, 2, float.NaN, 4, 5, 6], Width))).Message);
        Assert.StartsWith(
            "\"pipes\": expected the name of a fleet, found none of that name",
            (await Assert.ThrowsAsync<ArgumentException>(() => fleet.Score("pipes", "one", Reading(1)))).Message,
            StringComparison.Ordinal);
        Assert.Equal(1, (await fleet.GetStatus(Fleet, "one")).Readings);
    }

    private Task<ScoringCluster> Cluster(short silos = 1) => ScoringCluster.Of(
        silos,
        options =>
        {
            options.MaximumTrainings = 2;
            options.Fleets[Fleet] = new()
            {
                MinimumReadings = Needed,
                MaximumReadings = 20,
                RetrainEvery = 15,
                SaveEvery = 10,
                RetryDelay = TimeSpan.FromMilliseconds(1),
            };
        },
        silo => silo.Services.AddKeyedSingleton<IVaeFleetTrainer>(Fleet, _trainer));

    private static VaeFleetClient Client(ScoringCluster cluster)
        => cluster.Silos.Client.ServiceProvider.GetRequiredService<VaeFleetClient>();

    private static float[] Reading(int seed) => [seed, .. SampleData.Dense(new Random(seed), Width - 1)];

    private static float Score(int model, int reading) => ServedFile.ScoreOf(SampleTrainer.Model(model), Reading(reading));

    private static (long, int, int, long, bool) Facts(VaeFleetStatus status)
        => (status.Readings, status.Kept, status.ModelVersion, status.TrainedAt, status.IsTraining);

    private static async Task<T?> Tried<T>(Func<Task<T>> call) where T : class
    {
        try
        {
            return await call();
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(20, end.Token);
    }
}
