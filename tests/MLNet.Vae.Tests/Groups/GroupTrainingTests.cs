using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Data;
using MLNet.Vae.Groups;
using MLNet.Vae.Tests.Kit;
using static MLNet.Vae.Tests.Groups.GroupRows;

namespace MLNet.Vae.Tests.Groups;

/// <summary>Several ranks train one model, each on rows of its own.</summary>
public class GroupTrainingTests
{
    private static readonly VaeTrainingOptions Training = new() { Epochs = 6, BatchSize = 32, Seed = 3, Threads = 1 };

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(2, 4)]
    public async Task All_ranks_have_the_same_model_bit_for_bit(int ranks, int every)
    {
        var models = await ThreadGroup.Run(ranks, group => Fit(Part(GroupRows.Of(300), group), Quick(group, every)));
        Assert.All(models, model => Assert.Equal(models[0], model));
    }

    [Fact]
    public async Task Ranks_with_few_rows_or_none_neither_wait_nor_count()
    {
        var rows = GroupRows.Of(200);
        float[][][] parts = [rows[..150], [], rows[150..151], rows[151..]];
        var models = await ThreadGroup.Run(4, group => Fit(parts[group.Rank], Quick(group)));
        Assert.All(models, model => Assert.Equal(models[0], model));
        var info = Read(models[0]);
        Assert.Equal(200, info.Training!.TrainingRows + info.Training.ValidationRows);
    }

    /// <summary>Steps over all rows at once and a code without noise: what is left to differ is rounding.</summary>
    [Fact]
    public async Task The_losses_of_two_ranks_are_those_of_one_process_with_the_batch_of_both()
    {
        var rows = GroupRows.Of(128);
        var one = Read(Fit(rows, WithoutNoise(null, batchSize: 128)));
        var both = Read((await ThreadGroup.Run(2, group => Fit(Part(rows, group), WithoutNoise(group, batchSize: 64))))[0]);
        Assert.Equal(one.Training!.Epochs.Count, both.Training!.Epochs.Count);
        foreach (var (alone, together) in one.Training.Epochs.Zip(both.Training.Epochs))
            Assert.Equal(alone.Reconstruction, together.Reconstruction, 1e-4 * Math.Abs(alone.Reconstruction));
    }

    [Fact]
    public async Task A_group_of_one_is_no_group()
    {
        var alone = Read(Fit(GroupRows.Of(100), Quick(null)));
        var one = Read((await ThreadGroup.Run(1, group => Fit(GroupRows.Of(100), Quick(group))))[0]);
        Assert.Equal(
            alone.Training!.Epochs.Select(epoch => epoch.ValidationElbo), one.Training!.Epochs.Select(epoch => epoch.ValidationElbo));
    }

    /// <summary>Mean, variance and range of all rows, and the place of the extremes, as one would have read them.</summary>
    [Fact]
    public async Task Statistics_are_those_of_all_rows()
    {
        var rows = GroupRows.Of(90);
        rows[70][2] = 50;
        var expected = Statistics(rows);
        float[][][] parts = [[], rows[..20], rows[20..]];
        var merged = await ThreadGroup.Run(3, group =>
        {
            var own = Statistics(parts[group.Rank]);
            own.Merge(TrainingGroup.Of(group));
            return own;
        });
        foreach (var found in merged)
        {
            Assert.Equal(90, found.Rows);
            for (var j = 0; j < Width; j++)
            {
                Assert.Equal(expected.Mean(j), found.Mean(j), 1e-9);
                Assert.Equal(expected.Variance(j), found.Variance(j), 1e-9);
                Assert.Equal(expected.Minimum[j], found.Minimum[j]);
                Assert.Equal(expected.Maximum[j], found.Maximum[j]);
                Assert.Equal(expected.MaximumRow(j), found.MaximumRow(j));
            }
        }
    }

    [Fact]
    public async Task A_row_that_one_rank_cannot_read_fails_all_and_says_on_which()
    {
        var rows = GroupRows.Of(60);
        rows[41][1] = float.NaN;
        var faults = await ThreadGroup.Run(2, group =>
            Assert.Throws<InvalidOperationException>(() => Fit(group.Rank == 0 ? rows[..30] : rows[30..], Quick(group))).Message);
        Assert.StartsWith("Rank 1 of 2 failed, reading its rows: Column \"Features\", row 11", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("Column \"Features\", row 11", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ranks_with_other_columns_or_options_are_told()
    {
        var faults = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(
            () => Fit([.. GroupRows.Of(40).Select(row => row[..(Width - group.Rank)])], Quick(group))).Message);
        Assert.Contains("rank 0 has Vector of 5 values, and rank 1 has Vector of 4 values", faults[0], StringComparison.Ordinal);
        faults = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(
            () => Fit(GroupRows.Of(40), Quick(group) with { Architecture = VaeArchitecture.Mlp(8 + group.Rank) })).Message);
        Assert.Equal(
            "The ranks of a group must have the same options, but Architecture.HiddenSizes[0] is 8 on rank 0 and 9 on rank 1.", faults[0]);
    }

    [Fact]
    public async Task One_rank_that_is_cancelled_ends_all()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Training.EpochRecorder(_ => stop.Cancel());
        var reasons = await ThreadGroup.Run(2, group =>
        {
            var options = Quick(group);
            var training = options.Training with
            {
                Epochs = 10_000,
                OnCancellation = VaeCancellationBehavior.ReturnBest,
                Progress = progress,
            };
            return Read(Fit(Part(GroupRows.Of(100), group), options with
            {
                Training = group.Rank == 0 ? training with { CancellationToken = stop.Token } : training,
            })).Training!.StopReason;
        });
        Assert.Equal([VaeStopReason.Cancelled, VaeStopReason.Cancelled], reasons);
    }

    /// <summary>The others are in a sum that it will not come to.</summary>
    [Fact]
    public async Task A_rank_that_fails_by_itself_in_training_ends_all()
    {
        var progress = new Training.EpochRecorder(_ => throw new InvalidOperationException("no room to tell it"));
        var faults = await ThreadGroup.Run(2, group =>
        {
            var options = Quick(group);
            return Assert.ThrowsAny<Exception>(() => Fit(
                Part(GroupRows.Of(100), group), options with { Training = options.Training with { Progress = progress } })).Message;
        });
        Assert.Equal("no room to tell it", faults[0]);
        Assert.Contains("Rank 0 of 2 failed", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_the_rows_of_all_is_refused_by_name()
    {
        var faults = await ThreadGroup.Run(2, group => Assert.Throws<ArgumentException>(() => Embed(Quick(group) with
        {
            Latent = VaeLatent.VectorQuantized(4, 2),
            Training = Training with { Group = group, Initialization = VaeInitialization.ProbabilisticPca },
        })).Message);
        Assert.Contains("VectorQuantized", faults[0], StringComparison.Ordinal);
        Assert.Contains("Initialization", faults[0], StringComparison.Ordinal);
        faults = await ThreadGroup.Run(2, group => Assert.Throws<ArgumentException>(() => new MLContext().Transforms.VaeEmbed(
            new VaeTableOptions { Sampler = new(), Training = Training with { Group = group } })).Message);
        Assert.Contains("Sampler", faults[0], StringComparison.Ordinal);
        faults = await ThreadGroup.Run(2, group => Assert.Throws<ArgumentException>(() => new MLContext().AnomalyDetection.Trainers
            .VaeSeries(new VaeSeriesOptions { Training = Training with { Group = group } })).Message);
        Assert.Contains("VaeSeriesOptions", faults[0], StringComparison.Ordinal);
    }

    /// <summary>What its components start from are codes of all ranks.</summary>
    [Fact]
    public async Task A_mixture_is_that_of_all_ranks()
    {
        var models = await ThreadGroup.Run(3, group => Fit(
            group.Rank == 2 ? [] : Part(GroupRows.Of(200), group), Quick(group) with { Latent = VaeLatent.GaussianMixture(2, 3) }));
        Assert.All(models, model => Assert.Equal(models[0], model));
    }

    /// <summary>Each numbers the classes that it meets, and one meets no label at all.</summary>
    [Fact]
    public async Task Classes_are_those_that_any_rank_has_met()
    {
        var rows = GroupRows.Of(240);
        string[][] labels = [["low", "", "high"], ["high", "middle", ""], [""]];
        var models = await ThreadGroup.Run(3, group =>
        {
            var own = labels[group.Rank];
            var mlContext = new MLContext(seed: 1);
            var data = mlContext.Data.LoadFromEnumerable(
                Part(rows, group).Select((row, i) => new Labelled { Features = row, Label = own[i % own.Length] }));
            var keys = mlContext.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
            using var classifier = mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(new VaeSemiSupervisedOptions
            {
                Architecture = VaeArchitecture.Mlp(8),
                Latent = VaeLatent.SemiSupervised(2),
                Training = Training with { Group = group },
            }).Fit(keys);
            return classifier.Model.ToOnnx(VaeGraph.Scorer);
        });
        Assert.All(models, model => Assert.Equal(models[0], model));
        Assert.Equal(["low", "high", "middle"], Read(models[0]).ClassNames!);
    }

    [Fact]
    public async Task No_label_on_any_rank_fails_all()
    {
        var faults = await ThreadGroup.Run(2, group =>
        {
            var mlContext = new MLContext(seed: 1);
            var data = mlContext.Data.LoadFromEnumerable(
                GroupRows.Of(20).Select(row => new Labelled { Features = row, Label = "" }));
            var known = mlContext.Transforms.DropColumns("Features").Fit(data).Transform(
                mlContext.Data.LoadFromEnumerable([new Labelled { Label = "a" }, new Labelled { Label = "b" }]));
            var keys = mlContext.Transforms.Conversion.MapValueToKey("Label", keyData: known).Fit(data).Transform(data);
            return Assert.ThrowsAny<Exception>(() => mlContext.MulticlassClassification.Trainers.VaeSemiSupervised(
                new VaeSemiSupervisedOptions { Training = Training with { Group = group } }).Fit(keys)).Message;
        });
        Assert.All(faults, fault => Assert.StartsWith(
            "The label column 'Label' is missing in all of 40 rows", fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restarts_are_of_all_ranks()
    {
        var models = await ThreadGroup.Run(2, group => Fit(Part(GroupRows.Of(120), group), Quick(group) with
        {
            Training = Training with { Group = group, Restarts = 3 },
        }));
        Assert.Equal(models[0], models[1]);
        Assert.Equal(3, Read(models[0]).Training!.Restarts!.Count);
    }

    private static VaeEstimator Embed(VaeOptions options) => new MLContext().Transforms.VaeEmbed(options);

    private static VaeOptions Quick(IVaeTrainingGroup? group, int every = 1) => new()
    {
        Architecture = VaeArchitecture.Mlp(8),
        Latent = VaeLatent.Gaussian(2),
        Training = Training with { Group = group, SynchronizeEvery = every },
    };

    private static VaeOptions WithoutNoise(IVaeTrainingGroup? group, int batchSize) => new()
    {
        Architecture = VaeArchitecture.Mlp(8),
        Latent = VaeLatent.Deterministic(2),
        Training = Training with { Group = group, BatchSize = batchSize, Epochs = 25, LearningRate = 0.01, ValidationFraction = 0 },
    };

    private static byte[] Fit(float[][] rows, VaeOptions options)
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms.VaeEmbed(options)
            .Fit(SampleData.Features(mlContext, rows, rows.Length == 0 ? Width : rows[0].Length));
        return transformer.Model.ToOnnx(VaeGraph.Scorer);
    }

    private static ColumnStatistics Statistics(float[][] rows)
    {
        var statistics = new ColumnStatistics(Width);
        if (rows.Length > 0)
            statistics.Add(new(rows.SelectMany(row => row).ToArray(), rows.Length));
        return statistics;
    }

    private sealed class Labelled
    {
        [VectorType(Width)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
