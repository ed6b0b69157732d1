using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Training;
using MLNet.Vae.Training.Steps;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

public sealed class CancellationTests : IDisposable
{
    private const int LastEpoch = 2;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    [Theory]
    [InlineData(VaeCancellationBehavior.Throw)]
    [InlineData(VaeCancellationBehavior.ReturnBest)]
    public void A_fit_that_is_cancelled_before_it_starts_throws(VaeCancellationBehavior behavior)
    {
        _cancellation.Cancel();
        var progress = new EpochRecorder();
        var exception = Assert.Throws<OperationCanceledException>(() => Fit(behavior, progress));
        Assert.Equal(_cancellation.Token, exception.CancellationToken);
        Assert.Empty(progress.Reports);
    }

    [Fact]
    public void Throws_when_asked_to()
    {
        var progress = CancelAfter(LastEpoch);
        var exception = Assert.Throws<OperationCanceledException>(() => Fit(VaeCancellationBehavior.Throw, progress));
        Assert.Equal("Training was cancelled in epoch 3.", exception.Message);
        Assert.Equal(_cancellation.Token, exception.CancellationToken);
        Assert.Equal(LastEpoch, progress.Reports.Count);
    }

    [Fact]
    public void Returns_the_best_model_so_far_when_asked_to()
    {
        var log = new ContextLog(_mlContext);
        using var transformer = Fit(VaeCancellationBehavior.ReturnBest, CancelAfter(LastEpoch));
        var history = transformer.History();
        Assert.Equal(VaeStopReason.Cancelled, history.StopReason);
        Assert.Equal(LastEpoch, history.Epochs.Count);
        Assert.InRange(history.BestEpoch, 1, LastEpoch);
        Assert.Equal(history.Epochs.MaxBy(epoch => epoch.ValidationElbo), history.Best);
        Assert.Contains($"Training was cancelled in epoch 3; the model has the weights of epoch {history.BestEpoch}.", log.Training);
    }

    [Fact]
    public void A_context_that_is_cancelled_stops_its_running_fit_as_it_stops_stock_trainers()
    {
        var progress = new EpochRecorder(report =>
        {
            if (report.Epoch.Epoch == LastEpoch)
                MLContextCancellation.Cancel(_mlContext);
        });
        var exception = Assert.Throws<OperationCanceledException>(() => Fit(VaeCancellationBehavior.Throw, progress));
        Assert.Equal("Training was cancelled in epoch 3.", exception.Message);
        Assert.Equal(LastEpoch, progress.Reports.Count);

        var stock = Assert.Throws<OperationCanceledException>(() => StockFit());
        Assert.Equal(stock.Data.Contains(Refusal.Mark), exception.Data.Contains(Refusal.Mark));
    }

    [Fact]
    public void A_context_that_was_cancelled_starts_no_fit()
    {
        MLContextCancellation.Cancel(_mlContext);
        var progress = new EpochRecorder();
        Assert.Throws<OperationCanceledException>(() => Fit(VaeCancellationBehavior.Throw, progress));
        Assert.Empty(progress.Reports);
    }

    [Fact]
    public void A_context_that_is_cancelled_gives_the_best_model_where_that_is_asked_for()
    {
        var progress = new EpochRecorder(report =>
        {
            if (report.Epoch.Epoch == LastEpoch)
                MLContextCancellation.Cancel(_mlContext);
        });
        using var transformer = Fit(VaeCancellationBehavior.ReturnBest, progress);
        Assert.Equal((VaeStopReason.Cancelled, LastEpoch), (transformer.History().StopReason, transformer.History().Epochs.Count));
    }

    [Fact]
    public void A_detector_that_is_cancelled_has_its_threshold()
    {
        using var transformer = _mlContext
            .AnomalyDetection.Trainers.Vae(
                TinyVae.AnomalyOptions with
                {
                    Training = Training(VaeCancellationBehavior.ReturnBest, CancelAfter(LastEpoch)),
                }
            )
            .Fit(FactorRows.View(_mlContext, 100));
        Assert.Equal(VaeStopReason.Cancelled, transformer.History().StopReason);
        Assert.NotNull(transformer.Threshold);
    }

    [Fact]
    public void A_fit_that_is_cancelled_after_its_last_epoch_is_complete()
    {
        using var transformer = Fit(VaeCancellationBehavior.Throw, CancelAfter(TinyVae.Epochs));
        Assert.Equal(VaeStopReason.Completed, transformer.History().StopReason);
    }

    [Fact]
    public void Stops_within_a_step_before_the_next_product_of_a_layer()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var module = new VaeModule(new(4), new VaeOptions { Architecture = VaeArchitecture.Mlp(8, 8) }, parameters, random);
        var objective = new TrainingObjective(new(), 4);
        // Three layers each way: a product of each on the way forward, two of each on the way back but one for the first of all.
        for (var last = 1; last <= 3 + 3 + 6 + 6; last++)
        {
            var asked = 0;
            using var step = new DenseStep(
                module.Dense(isComplete: true)!,
                objective,
                () =>
                {
                    if (++asked == last)
                        throw new OperationCanceledException();
                });
            Assert.Throws<OperationCanceledException>(() => step.Compute(new(zeros(5, 4)), zeros(5, 8)));
        }
    }

    [Fact]
    public void Stops_within_a_step_between_the_ways_forward_and_back()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var module = new VaeModule(new(4), new VaeOptions { Latent = VaeLatent.Hierarchical(2, 2) }, parameters, random);
        using var step = new AutogradStep(
            module, new TrainingObjective(new(), 4), parameters, () => throw new OperationCanceledException());
        Assert.Throws<OperationCanceledException>(() => step.Compute(new(zeros(5, 4)), zeros(5, 4)));
        Assert.All(parameters.Gradients.ToArray(), gradient => Assert.Equal(0, gradient));
    }

    [Fact]
    public void Stops_within_a_step_between_slices_of_a_large_batch()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var module = new VaeModule(new(4), new VaeOptions { Latent = VaeLatent.Hierarchical(2, 2) }, parameters, random);
        // Of 10 rows, 3 to a slice: 4 slices, the ways forward and back of each.
        for (var last = 1; last <= 4 + 3; last++)
        {
            var asked = 0;
            using var step = new AutogradStep(
                module,
                new TrainingObjective(new(), 4),
                parameters,
                () =>
                {
                    if (++asked == last)
                        throw new OperationCanceledException();
                },
                3 * module.MultiplyAddsPerRow);
            Assert.Throws<OperationCanceledException>(() => step.Compute(new(zeros(10, 4)), zeros(10, 4)));
        }
    }

    [Fact]
    public void Stops_while_an_epoch_is_judged_with_the_best_of_those_before()
    {
        // Of 90 rows trained on there are three steps in an epoch, each of which asks twice; the seventh time it is the judge.
        var options = TinyVae.Options with { Latent = VaeLatent.Deterministic(2) };
        using var rows = new TrainingRowsLoader(new ArraySource([.. FactorRows.Create(100)]), options, 1, CPU).Load();
        using var channel = ((IChannelProvider)_mlContext).Start("Training");
        var (asked, isSecond) = (0, false);
        var training = options.Training with
        {
            OnCancellation = VaeCancellationBehavior.ReturnBest,
            EnvironmentIsCancelled = () => isSecond && ++asked >= 7,
            Progress = new EpochRecorder(_ => isSecond = true),
        };
        var result = new VaeTrainer(options with { Training = training }, 1, rows, new TrainingLog(channel)).Train();
        Assert.Equal((VaeStopReason.Cancelled, 1), (result.History.StopReason, result.History.Epochs.Count));
    }

    [Fact]
    public void Stops_within_one_batch()
    {
        const int LastBatch = 3;
        using var rows = new CancellingRows(LastBatch, _cancellation);
        using var channel = ((IChannelProvider)_mlContext).Start("Training");
        var options = TinyVae.Options with { Training = Training(VaeCancellationBehavior.Throw, null) };
        Assert.Throws<OperationCanceledException>(() => new VaeTrainer(options, 1, rows, new TrainingLog(channel)).Train());
        Assert.InRange(rows.Given, LastBatch, LastBatch + 1);
    }

    private EpochRecorder CancelAfter(int epoch) =>
        new(report =>
        {
            if (report.Epoch.Epoch == epoch)
            {
                _cancellation.Cancel();
            }
        });

    private VaeTrainingOptions Training(VaeCancellationBehavior behavior, EpochRecorder? progress) =>
        TinyVae.Training with
        {
            OnCancellation = behavior,
            CancellationToken = _cancellation.Token,
            Progress = progress,
        };

    private VaeTransformer Fit(VaeCancellationBehavior behavior, EpochRecorder progress) =>
        _mlContext
            .Transforms.VaeEmbed(TinyVae.Options with { Training = Training(behavior, progress) })
            .Fit(FactorRows.View(_mlContext, 100));

    private void StockFit()
    {
        var rows = _mlContext.Data.LoadFromEnumerable(
            Enumerable.Range(0, 100).Select(i => new LabelledRow { Label = i % 2 == 0, Features = [i, 1] })
        );
        _mlContext.BinaryClassification.Trainers.FastTree().Fit(rows);
    }

    private sealed class LabelledRow
    {
        public bool Label { get; set; }

        [VectorType(2)]
        public float[] Features { get; set; } = [];
    }

    /// <summary>Batches without end, cancelled as one of them is given.</summary>
    private sealed class CancellingRows(int lastBatch, CancellationTokenSource cancellation)
        : TrainingRows(
            new(FactorRows.Features),
            new ColumnStatistics(FactorRows.Features),
            FeatureScaling.Identity(FactorRows.Features),
            inputScaling: null,
            zeros(0, FactorRows.Features),
            zeros(1, FactorRows.Features),
            CPU
        )
    {
        public int Given { get; private set; }

        public override long Count => 100;

        public override IEnumerable<Tensor> Batches(int batchSize, int epoch)
        {
            while (true)
            {
                if (++Given == lastBatch)
                {
                    cancellation.Cancel();
                }

                using var batch = zeros(batchSize, FactorRows.Features);
                yield return batch;
            }
        }
    }
}
