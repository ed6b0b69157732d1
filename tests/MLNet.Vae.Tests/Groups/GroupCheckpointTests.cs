using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using static MLNet.Vae.Tests.Groups.GroupRows;

namespace MLNet.Vae.Tests.Groups;

/// <summary>A fit of several ranks that is broken off, and goes on with as many or with others.</summary>
public sealed class GroupCheckpointTests : IDisposable
{
    private static readonly VaeTrainingOptions Training = new() { Epochs = 8, BatchSize = 16, Seed = 3, Threads = 1 };

    private readonly TemporaryDirectory _temporary = new();

    private string Folder => _temporary.File("checkpoints");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task As_many_ranks_end_with_the_weights_of_a_fit_that_was_never_broken_off()
    {
        var whole = await Fit(2, Training);
        await BreakOff(2, Training);
        var resumed = await Fit(2, Training with { CheckpointFolder = Folder });
        Assert.Equal(Bounds(whole[0]), Bounds(resumed[0]));
        Assert.Equal(resumed[0], resumed[1]);
    }

    /// <summary>The folder is on the machine of rank 0 alone.</summary>
    [Fact]
    public async Task The_other_ranks_have_no_folder()
    {
        await BreakOff(2, Training);
        var elsewhere = _temporary.File("elsewhere");
        var resumed = await ThreadGroup.Run(2, group => Fit(group, Training with
        {
            CheckpointFolder = group.Rank == 0 ? Folder : elsewhere,
        }));
        Assert.Equal(resumed[0], resumed[1]);
        Assert.False(Directory.Exists(elsewhere));
        Assert.Equal(Bounds((await Fit(2, Training))[0]), Bounds(resumed[0]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Another_number_of_ranks_goes_on(int ranks)
    {
        var before = await BreakOff(2, Training);
        var progress = new EpochRecorder();
        var resumed = await Fit(ranks, Training with { CheckpointFolder = Folder, Progress = progress });
        Assert.All(resumed, model => Assert.Equal(resumed[0], model));
        var epochs = Read(resumed[0]).Training!.Epochs;
        Assert.Equal(Enumerable.Range(1, 8), epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(before, epochs.Take(before.Length).Select(epoch => epoch.ValidationElbo));
        Assert.Equal(8 - before.Length, progress.Reports.Count);
    }

    [Fact]
    public async Task Other_rows_are_refused_on_all_ranks()
    {
        await BreakOff(2, Training);
        var faults = await ThreadGroup.Run(2, group => Assert.Throws<InvalidOperationException>(
            () => Fit(group, Training with { CheckpointFolder = Folder }, rows: 121)).Message);
        Assert.Contains("the number of rows was 120 and is 121", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("Rank 0 of 2 failed, opening its checkpoints: ", faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_used_fails_all_ranks()
    {
        await File.WriteAllTextAsync(Folder, "a file", TestContext.Current.CancellationToken);
        var faults = await ThreadGroup.Run(2, group => Assert.ThrowsAny<Exception>(
            () => Fit(group, Training with { CheckpointFolder = Folder })).Message);
        Assert.All(faults, fault => Assert.Contains("cannot be used", fault, StringComparison.Ordinal));
    }

    /// <returns>What its epochs were judged by.</returns>
    private async Task<double?[]> BreakOff(int ranks, VaeTrainingOptions training)
    {
        using var stop = new CancellationTokenSource();
        var progress = new EpochRecorder(told =>
        {
            if (told.Epoch.Epoch == 3)
                stop.Cancel();
        });
        await ThreadGroup.Run(ranks, group => Assert.ThrowsAny<OperationCanceledException>(() => Fit(group, training with
        {
            CheckpointFolder = Folder,
            Progress = progress,
            CancellationToken = group.Rank == 0 ? stop.Token : default,
        })));
        return [.. progress.Reports.Select(told => told.Epoch.ValidationElbo)];
    }

    private static Task<byte[][]> Fit(int ranks, VaeTrainingOptions training) => ThreadGroup.Run(ranks, group => Fit(group, training));

    private static byte[] Fit(IVaeTrainingGroup group, VaeTrainingOptions training, int rows = 120)
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(8),
            Latent = VaeLatent.Gaussian(2),
            Training = training with { Group = group },
        }).Fit(SampleData.Features(mlContext, Part(GroupRows.Of(rows), group), Width));
        return transformer.Model.ToOnnx(VaeGraph.Scorer);
    }

    /// <summary>Which weights give, to the last bit.</summary>
    private static IEnumerable<double?> Bounds(byte[] model) => Read(model).Training!.Epochs.Select(epoch => epoch.ValidationElbo);
}
