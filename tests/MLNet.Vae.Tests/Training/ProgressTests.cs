using System.Globalization;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Training;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Training;

public class ProgressTests
{
    private const int Epochs = 5;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly EpochRecorder _progress = new();

    [Fact]
    public void Every_epoch_is_reported_once_in_order_with_the_time_left()
    {
        using var transformer = Fit();
        var reports = _progress.Reports;
        Assert.Equal(Enumerable.Range(1, Epochs), reports.Select(report => report.Epoch.Epoch));
        Assert.All(reports, report => Assert.Equal(Epochs, report.EpochCount));
        Assert.Equal(reports.Select(report => report.Elapsed).Order(), reports.Select(report => report.Elapsed));
        Assert.All(reports.SkipLast(1), report => Assert.True(report.TimeLeft > TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, reports[^1].TimeLeft);
        Assert.Equal(reports.Select(report => report.Epoch), transformer.History().Epochs);
    }

    [Fact]
    public void The_time_left_is_that_of_the_epochs_left_at_the_speed_so_far()
    {
        using var transformer = Fit();
        // The speed is that of a moment between the report before and this one.
        var (before, rounding) = (TimeSpan.Zero, TimeSpan.FromMicroseconds(1));
        foreach (var report in _progress.Reports.SkipLast(1))
        {
            var atThisSpeed = report.TimeLeft * report.Epoch.Epoch / (Epochs - report.Epoch.Epoch);
            Assert.InRange(atThisSpeed, before - rounding, report.Elapsed + rounding);
            before = report.Elapsed;
        }
    }

    [Fact]
    public void An_epoch_is_the_best_where_no_earlier_one_has_as_high_a_bound_on_the_held_out_rows()
    {
        using var transformer = Fit();
        var best = double.NegativeInfinity;
        foreach (var report in _progress.Reports)
        {
            Assert.Equal(report.Epoch.ValidationElbo > best, report.IsBest);
            best = Math.Max(best, report.Epoch.ValidationElbo!.Value);
        }
    }

    [Fact]
    public void Reports_come_on_the_thread_that_fits()
    {
        var threads = new HashSet<int>();
        using var transformer = Fit(new EpochRecorder(_ => threads.Add(Environment.CurrentManagedThreadId)));
        Assert.Equal(Environment.CurrentManagedThreadId, Assert.Single(threads));
    }

    [Fact]
    public void What_a_report_throws_comes_out_of_fit()
    {
        var thrown = new InvalidTimeZoneException();
        Assert.Same(thrown, Assert.Throws<InvalidTimeZoneException>(() => Fit(new EpochRecorder(_ => throw thrown))));
    }

    [Fact]
    public void The_log_has_a_line_on_the_data_some_on_epochs_and_one_on_the_outcome()
    {
        var log = new ContextLog(_mlContext);
        using var transformer = Fit();
        var history = transformer.History();
        var lines = log.Training;
        Assert.Equal("Column 'Features': 6 features, 90 rows to train on, 10 held out, in memory, device cpu.", lines[0]);
        // The first, the last, and of those between one a second.
        var epochs = _progress.Reports.Select(TrainingLog.Line).ToList();
        var told = epochs.Where(lines.Contains).ToList();
        Assert.Equal((epochs[0], epochs[^1]), (told[0], told[^1]));
        Assert.Equal(told, lines.Skip(1).Take(told.Count));
        var seconds = history.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        Assert.Equal(
            $"Trained 5 epochs in {seconds} s (Completed); the model has the weights of epoch {history.BestEpoch}, held out "
            + FormattableString.Invariant($"{history.FinalValidationElbo:F3} ± {history.FinalValidationStandardError:F3}."),
            lines[^1]);
    }

    [Fact]
    public void A_line_of_the_log_says_it_all()
    {
        var epoch = new VaeEpoch
        {
            Epoch = 12,
            Reconstruction = 10.25,
            Kl = 2.5,
            ValidationElbo = -13.0629,
            KlPerDimension = [2.4, 0.1, 0],
            ActiveUnits = 1,
            DecoderSigma = 0.1234,
            LearningRate = 1e-3,
            RowsPerSecond = 123_456.7,
        };
        Assert.Equal(
            "Epoch 12/40  ELBO -12.750 (held out -13.063)  reconstruction 10.250  KL 2.500  active units 1/3  σ 0.123  123,457 rows/s  42 "
            + "s left",
            TrainingLog.Line(new(epoch, 40, true, TimeSpan.FromSeconds(18), TimeSpan.FromSeconds(42))));
        Assert.Equal(
            "Epoch 12/40  ELBO -12.750  reconstruction 10.250  KL 2.500  active units 1/3  123,457 rows/s  61 min 5 s left",
            TrainingLog.Line(new(epoch with { ValidationElbo = null, DecoderSigma = null }, 40, true, TimeSpan.Zero, new TimeSpan(1, 1, 5)))
        );
    }

    [Theory]
    [InlineData(3, "a 0.000, b 1.000, c 2.000")]
    [InlineData(8, "a 0.000, b 1.000, c 2.000, d 3.000, e 4.000, f 5.000, g 6.000, h 7.000")]
    [InlineData(10, "j 9.000, i 8.000, h 7.000, g 6.000, f 5.000, e 4.000, d 3.000, c 2.000, …")]
    public void A_line_of_the_log_names_the_parts_that_cost_most(int parts, string expected)
    {
        var epoch = new VaeEpoch
        {
            Epoch = 1,
            Reconstruction = 10.25,
            Kl = 2.5,
            ReconstructionPerPart = [.. Enumerable.Range(0, parts).Select(i => new VaePartLoss($"{(char)('a' + i)}", i))],
            KlPerDimension = [2.5],
            ActiveUnits = 1,
            LearningRate = 1e-3,
            RowsPerSecond = 100,
        };
        Assert.Equal(
            $"Epoch 1/4  ELBO -12.750  reconstruction 10.250  KL 2.500  active units 1/1  nats per part {expected}  100 rows/s  5 s left",
            TrainingLog.Line(new(epoch, 4, true, TimeSpan.Zero, TimeSpan.FromSeconds(5))));
    }

    [Fact]
    public void A_line_of_the_log_is_the_same_in_every_culture()
    {
        using var transformer = Fit();
        var expected = _progress.Reports.Select(TrainingLog.Line).ToArray();
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator, comma.NumberFormat.NegativeSign) = (
            ",",
            ".",
            "~"
        );
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, _progress.Reports.Select(TrainingLog.Line));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private VaeTransformer Fit(EpochRecorder? progress = null)
    {
        var training = TinyVae.Training with { Epochs = Epochs, Progress = progress ?? _progress };
        return _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training }).Fit(FactorRows.View(_mlContext, 100));
    }
}
