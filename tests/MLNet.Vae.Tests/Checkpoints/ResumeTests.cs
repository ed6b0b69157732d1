using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>A fit that was broken off and run again ends with the weights of one that was not.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Members.Names), MemberType = typeof(Members))]
    public void After_a_crash_it_goes_on_to_the_same_weights(string member)
    {
        var (options, data) = (Members.Options(member), Members.View(_mlContext, member));
        using var unbroken = Fit(options, data);
        BreakOff(options, data, Crash.In(epoch: 3));

        var progress = ExpectSame(unbroken, options, data);
        Assert.Equal([3, 4], progress.Reports.Select(report => report.Epoch.Epoch));
    }

    [Theory]
    [MemberData(nameof(Members.Names), MemberType = typeof(Members))]
    public void Streamed_it_goes_on_to_the_same_weights(string member)
    {
        var (options, data) = (Members.Options(member).Streamed(), Members.View(_mlContext, member, streamed: true));
        using var unbroken = Fit(options, data);
        BreakOff(options, data, Crash.In(epoch: 3));

        ExpectSame(unbroken, options, data);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_mixture_goes_on_before_and_after_it_gets_its_clusters(int epoch)
    {
        var data = Members.View(_mlContext, "mixture");
        var options = Members.Options("mixture");
        options = options with { Latent = VaeLatent.GaussianMixture(2, 3) with { PretrainingFraction = 0.5 } };
        using var unbroken = Fit(options, data);
        BreakOff(options, data, Crash.In(epoch));

        ExpectSame(unbroken, options, data);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    [InlineData(null, 1)]
    public void Checkpoints_are_written_after_so_many_epochs(int? epochs, int goesOnIn)
    {
        var (options, data) = (Members.Options("Gaussian"), Members.View(_mlContext, "Gaussian"));
        VaeOptions Kept(EpochRecorder progress)
        {
            var kept = options.KeptIn(_folder.Path, progress);
            return kept with { Training = kept.Training with { CheckpointEpochs = epochs, CheckpointInterval = TimeSpan.FromHours(1) } };
        }

        Assert.Throws<Crash>(() => Fit(Kept(Crash.In(epoch: 4)), data));
        var progress = new EpochRecorder();
        using var resumed = Fit(Kept(progress), data);

        Assert.Equal(goesOnIn, progress.Reports[0].Epoch.Epoch);
        using var unbroken = Fit(options, data);
        WeightsAssert.Same(unbroken.Model, resumed.Model);
    }

    [Fact]
    public void A_fit_that_is_cancelled_goes_on_where_it_was()
    {
        var (options, data) = (Members.Options("Gaussian"), Members.View(_mlContext, "Gaussian"));
        using var unbroken = Fit(options, data);
        using var cancellation = new CancellationTokenSource();
        var broken = options.KeptIn(_folder.Path, new EpochRecorder(_ => cancellation.Cancel()));
        broken = broken with
        {
            Training = broken.Training with
            {
                CancellationToken = cancellation.Token,
                OnCancellation = VaeCancellationBehavior.ReturnBest,
                CheckpointEpochs = null,
            },
        };
        using var soFar = Fit(broken, data);
        Assert.Equal((VaeStopReason.Cancelled, 1), (soFar.History().StopReason, soFar.History().Epochs.Count));

        var progress = ExpectSame(unbroken, options, data);
        Assert.Equal([2, 3, 4], progress.Reports.Select(report => report.Epoch.Epoch));
    }

    [Fact]
    public void A_fit_that_stops_early_does_so_when_it_has_gone_on()
    {
        var data = Members.View(_mlContext, "Gaussian");
        var options = Members.Options("Gaussian");
        options = options with { Training = options.Training with { Epochs = 40, Patience = 1, LearningRate = 0.05 } };
        using var unbroken = Fit(options, data);
        Assert.Equal(VaeStopReason.EarlyStopping, unbroken.History().StopReason);
        BreakOff(options, data, Crash.In(unbroken.History().Epochs.Count));

        ExpectSame(unbroken, options, data);
    }

    [Fact]
    public void Restarts_that_have_ended_are_not_repeated()
    {
        var data = Members.View(_mlContext, "Gaussian");
        var options = Members.Options("Gaussian");
        options = options with { Training = options.Training with { Restarts = 3 } };
        using var unbroken = Fit(options, data);
        BreakOff(options, data, Crash.In(epoch: 3, restart: 2));

        var progress = ExpectSame(unbroken, options, data);
        Assert.Equal((2, 3), (progress.Reports[0].Restart, progress.Reports[0].Epoch.Epoch));
        Assert.Equal(
            unbroken.History().Restarts.Select(run => (run.Seed, run.Loss, run.BestEpoch, run.IsChosen)),
            Fit(options.KeptIn(_folder.Path), data).History().Restarts.Select(run => (run.Seed, run.Loss, run.BestEpoch, run.IsChosen)));
    }

    /// <summary>The time of the first process is the longer one: each of its epochs waits.</summary>
    [Fact]
    public void The_time_that_restarts_took_before_they_were_broken_off_counts()
    {
        var data = Members.View(_mlContext, "Gaussian");
        var options = Members.Options("Gaussian");
        options = options with { Training = options.Training with { Restarts = 2 } };
        var before = TimeSpan.Zero;
        BreakOff(options, data, new EpochRecorder(report =>
        {
            if (report is { Restart: 2, Epoch.Epoch: 2 })
                throw new Crash();
            before = report.Elapsed;
            Thread.Sleep(200);
        }));
        Assert.True(before > TimeSpan.FromSeconds(0.8), $"{before}");

        var progress = new EpochRecorder();
        using var resumed = Fit(options.KeptIn(_folder.Path, progress), data);

        Assert.True(progress.Reports[0].Elapsed > before, $"{progress.Reports[0].Elapsed} after {before}");
        Assert.True(resumed.History().Elapsed > progress.Reports[^1].Elapsed, $"{resumed.History().Elapsed}");
    }

    [Fact]
    public void The_closed_form_that_training_starts_from_is_kept()
    {
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(2),
            Training = TinyVae.Training with { Initialization = VaeInitialization.ProbabilisticPca, Epochs = Members.Epochs },
        };
        var data = FactorRows.View(_mlContext, Members.Rows);
        using var unbroken = Fit(options, data);
        BreakOff(options, data, Crash.In(epoch: 2));

        ExpectSame(unbroken, options, data);
    }

    [Fact]
    public void A_comparison_of_dimensions_goes_on_with_the_one_it_was_at()
    {
        var data = FactorRows.View(_mlContext, Members.Rows);
        var options = TinyVae.Options;
        var unbroken = VaeDimensionReport.Measure(_mlContext, data, options, 1, 2, 3);
        var told = 0;
        var broken = options.KeptIn(_folder.Path, new EpochRecorder(_ =>
        {
            if (++told == TinyVae.Epochs + 2)
                throw new Crash();
        }));
        Assert.Throws<Crash>(() => VaeDimensionReport.Measure(_mlContext, data, broken, 1, 2, 3));

        var progress = new EpochRecorder();
        var report = VaeDimensionReport.Measure(_mlContext, data, options.KeptIn(_folder.Path, progress), 1, 2, 3);

        Assert.Equal([2, 3, 1, 2, 3], progress.Reports.Select(each => each.Epoch.Epoch));
        Assert.Equal(
            unbroken.Results.Select(result => result.ValidationElbo),
            report.Results.Select(result => result.ValidationElbo));
    }

    [Fact]
    public void A_fit_without_a_seed_takes_the_one_that_it_began_with()
    {
        var mlContext = new MLContext();
        var options = Members.Options("Gaussian");
        options = options with { Training = options.Training with { Seed = null } };
        var data = Members.View(mlContext, "Gaussian");
        Assert.Throws<Crash>(() => mlContext.Transforms.VaeEmbed(options.KeptIn(_folder.Path, Crash.In(epoch: 3))).Fit(data));

        using var resumed = new MLContext().Transforms.VaeEmbed(options.KeptIn(_folder.Path)).Fit(data);

        var seeded = options with { Training = options.Training with { Seed = resumed.History().Seed } };
        using var unbroken = Fit(seeded, data);
        WeightsAssert.Same(unbroken.Model, resumed.Model);
    }

    private void BreakOff(VaeOptions options, IDataView data, EpochRecorder crash)
        => Assert.Throws<Crash>(() => Fit(options.KeptIn(_folder.Path, crash), data));

    private EpochRecorder ExpectSame(VaeTransformer unbroken, VaeOptions options, IDataView data)
    {
        var progress = new EpochRecorder();
        using var resumed = Fit(options.KeptIn(_folder.Path, progress), data);
        WeightsAssert.Same(unbroken.Model, resumed.Model);
        var (expected, actual) = (unbroken.History(), resumed.History());
        Assert.Equal(
            (expected.BestEpoch, expected.StopReason, expected.Seed, expected.TrainingRows, expected.ValidationRows),
            (actual.BestEpoch, actual.StopReason, actual.Seed, actual.TrainingRows, actual.ValidationRows));
        Assert.Equal(expected.Warnings, actual.Warnings);
        Assert.Equal(expected.Epochs.Select(Measured), actual.Epochs.Select(Measured));
        return progress;
    }

    private static (int, double, double, double, double?, double, int) Measured(VaeEpoch epoch)
        => (epoch.Epoch, epoch.Reconstruction, epoch.Kl, epoch.Penalty, epoch.ValidationElbo, epoch.Beta, epoch.ActiveUnits);

    private VaeTransformer Fit(VaeOptions options, IDataView data) => _mlContext.Transforms.VaeEmbed(options).Fit(data);
}
