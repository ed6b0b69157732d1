using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Training;
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
