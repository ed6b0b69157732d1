using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Initialization;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Comparison;

public sealed class ChooseDimensionTests : IDisposable
{
    private const int Features = 10, Factors = 3;

    private static readonly float[][] Rows = Trainer.FactorRows(count: 1_000, Features, Factors, noise: 0.5, seed: 1);

    // A tenth of the default steps: enough for a small model.
    private static readonly VaeTrainingOptions Training = new()
    {
        Initialization = VaeInitialization.Random,
        Epochs = 60,
        LearningRate = 0.01,
        Seed = 3,
        Threads = 1,
    };

    // As generated: standardising would give a feature of little signal more noise than others, and the noise a dimension.
    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Linear,
        Normalization = VaeNormalization.None,
        Training = Training,
    };

    private static readonly VaeOptions ClosedForm = Options with
    {
        Training = Training with { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 },
    };

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly CancellationTokenSource _cancellation = new();

    private IDataView Data => SampleData.Features(_mlContext, Rows, Features);

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_of_three_factors_want_three_dimensions(bool perceptron)
    {
        var options = perceptron ? Options with { Architecture = VaeArchitecture.Mlp(16) } : ClosedForm;
        var report = VaeDimensionReport.Measure(_mlContext, Data, options, 4, 2, 3, 1, 8, 3);
        Assert.Equal([1, 2, 3, 4, 8], report.Results.Select(result => result.Dimension));
        Assert.Equal(Factors, report.Suggested.Dimension);
        Assert.Equal(Factors, report.Suggested.ActiveUnits);
    }

    [Fact]
    public void Powers_of_two_are_the_default()
    {
        var report = VaeDimensionReport.Measure(_mlContext, Data, ClosedForm);
        Assert.Equal([1, 2, 4, 8], report.Results.Select(result => result.Dimension));
        Assert.Equal(4, report.Suggested.Dimension);
        Assert.Equal(
            "Suggested: 4, the smallest within one standard error of the best (" + report.Best.Dimension + ").",
            report.ToString().Split('\n')[^1].Split(" It uses")[0]);
    }

    [Fact]
    public void A_result_is_that_of_a_fit_of_its_own_with_pca_beside_it()
    {
        var options = Options with { Training = Training with { Epochs = 5 } };
        var report = VaeDimensionReport.Measure(_mlContext, Data, options, 2);
        using var alone = _mlContext.Transforms.VaeEmbed(options with { Latent = VaeLatent.Gaussian(2) }).Fit(Data);
        var result = Assert.Single(report.Results);
        var (best, history) = (alone.History().Best, alone.History());
        Assert.Equal(
            (history.FinalValidationElbo!.Value, best.ActiveUnits, best.KlPerDimension.Sum()),
            (result.ValidationElbo, result.ActiveUnits, result.Kl)
        );
        Assert.Equal(history.FinalValidationStandardError, result.StandardError);
        Assert.Equal(-history.FinalValidationElbo.Value, result.Reconstruction + result.Kl, 1e-12);
        Assert.True(result.Elapsed > TimeSpan.Zero);

        // The report's rows are those of a split; the shares of the variance hardly differ.
        Assert.Equal(
            1 - new ProbabilisticPca(Rows, 2).PcaError / new ProbabilisticPca(Rows, 0).PcaError,
            result.ExplainedVariance!.Value,
            0.02
        );
    }

    [Fact]
    public void Reads_as_a_table()
    {
        var report = new VaeDimensionReport
        {
            Results =
            [
                Result(1, -1234.5, 2, [10], 0.25, active: 1),
                Result(2, -1001, 2, [10, 5.5], null, active: 2),
                Result(16, -999.5, 1.75, [10, 5, 1], 1, active: 3),
            ],
        };
        Assert.Equal(
            """
            dimension  held-out bound  std. error        KL  reconstruction  active  PCA explains  seconds
                    1       -1234.500       2.000    10.000        1224.500       1        25.0 %      1.5
                    2       -1001.000       2.000    15.500         985.500       2                    1.5
                   16        -999.500       1.750    16.000         983.500       3       100.0 %      1.5
            Suggested: 2, the smallest within one standard error of the best (16).
            """.ReplaceLineEndings("\n"),
            report.ToString());
        Assert.EndsWith(
            "Suggested: 16, the smallest within one standard error of the best (16). It uses 3 of its dimensions: try that many.",
            (report with { Results = [report.Results[0], report.Results[2]] }).ToString());
    }

    [Fact]
    public void Every_fault_is_named_in_one_message()
    {
        var options = Options with { Training = Training with { ValidationFraction = 0 } };
        var exception = Assert.Throws<ArgumentException>(() => VaeDimensionReport.Measure(_mlContext, Data, options, 0, 2, 5_000));
        Assert.Equal(
            "3 options are wrong: dimensions must be from 1 to 4096, but is 0; dimensions must be from 1 to 4096, but is 5000; "
            + "VaeTrainingOptions.ValidationFraction must be above 0: dimensions are compared on held-out rows.",
            exception.Message);
        Assert.True(exception.Data.Contains("ML_IsMarked"));
        Assert.Throws<ArgumentNullException>(() => VaeDimensionReport.Measure(_mlContext, null!));
    }

    [Fact]
    public void The_log_names_each_dimension()
    {
        var log = new ContextLog(_mlContext);
        VaeDimensionReport.Measure(_mlContext, Data, Options with { Training = Training with { Epochs = 1 } }, 1, 2);
        Assert.Equal(
            ["Latent dimension 1 (1 of 2).", "Latent dimension 2 (2 of 2)."],
            log.Training.Where(line => line.StartsWith("Latent dimension", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_cancelled_comparison_throws() =>
        Assert.Throws<OperationCanceledException>(() =>
            VaeDimensionReport.Measure(_mlContext, Data, Cancelling(VaeCancellationBehavior.Throw, after: 1), 1, 2, 3)
        );

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Or_it_reports_what_was_done(int epochs)
    {
        var report = VaeDimensionReport.Measure(_mlContext, Data, Cancelling(VaeCancellationBehavior.ReturnBest, after: epochs), 1, 2, 3);
        Assert.Equal(1, Assert.Single(report.Results).Dimension);
    }

    [Fact]
    public void But_throws_where_nothing_was_done()
        => Assert.Throws<OperationCanceledException>(
            () => VaeDimensionReport.Measure(_mlContext, Data, Cancelling(VaeCancellationBehavior.ReturnBest, after: 1), 1, 2, 3));

    /// <summary>Cancelled after as many epochs, of two for each dimension.</summary>
    private VaeOptions Cancelling(VaeCancellationBehavior behavior, int after)
    {
        var seen = 0;
        var progress = new EpochRecorder(_ =>
        {
            if (++seen == after)
            {
                _cancellation.Cancel();
            }
        });
        return Options with
        {
            Training = Training with
            {
                Epochs = 2,
                OnCancellation = behavior,
                CancellationToken = _cancellation.Token,
                Progress = progress,
            },
        };
    }

    [Fact]
    public void A_dimension_that_gives_no_weights_is_left_out_and_named()
    {
        // One pass takes the measure of the rows, one their principal components, and the third is the only epoch that the first begins.
        const int FirstEpoch = 3;
        var log = new ContextLog(_mlContext);
        var rows = WideRows.Create();
        var huge = rows.ConvertAll(row => Array.ConvertAll(row, value => value * 1e25f));

        var report = VaeDimensionReport.Measure(_mlContext, new PassView(WideRows.Features, pass => pass == FirstEpoch ? huge : rows),
            WideRows.Streamed,
            1,
            2
        );

        Assert.Equal([2], report.Results.Select(result => result.Dimension));
        Assert.Contains(
            "Latent dimension 1, seed 7, gave no model and is left out of the comparison: The loss was no longer finite in epoch 1, "
                + "batch 1, before any epoch had ended.",
            log.Warnings
        );
        Refusal.Expect(
            () =>
                VaeDimensionReport.Measure(_mlContext, new PassView(WideRows.Features, pass => pass >= FirstEpoch ? huge : rows),
                    WideRows.Streamed,
                    1,
                    2
                ),
            "rows that no dimension can learn"
        );
    }

    private static VaeDimensionResult Result(int dimension, double bound, double error, double[] kl, double? explained, int active) => new()
    {
        Dimension = dimension,
        ExplainedVariance = explained,
        History = new()
        {
            Epochs =
            [
                new()
                {
                    Epoch = 1,
                    Reconstruction = 0,
                    Kl = 0,
                    ValidationElbo = bound,
                    ValidationStandardError = error,
                    KlPerDimension = kl,
                    ActiveUnits = active,
                    LearningRate = 1e-3,
                    RowsPerSecond = 1,
                },
            ],
            BestEpoch = 1,
            TrainingRows = 90,
            ValidationRows = 10,
            Elapsed = TimeSpan.FromSeconds(1.5),
            StopReason = VaeStopReason.Completed,
            Seed = 1,
            Device = "cpu",
        },
    };
}
