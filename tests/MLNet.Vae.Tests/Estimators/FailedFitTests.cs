using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>The count of native tensors is one for the whole process: these tests run alone.</summary>
[Collection(AloneInProcess.Name)]
public class FailedFitTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void No_tensor_outlives_a_fit_that_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var training = TinyVae.Training with
        {
            CancellationToken = cancellation.Token,
            Progress = new EpochRecorder(_ => cancellation.Cancel()),
        };
        ExpectNoTensorLeft<OperationCanceledException>(training, FactorRows.View(_mlContext, 100));
    }

    [Fact]
    public void No_tensor_outlives_a_fit_whose_loss_is_not_finite() =>
        ExpectNoTensorLeft<InvalidOperationException>(
            TinyVae.Training,
            FactorRows.View(_mlContext, FactorRows.Create(100).Select(row => Array.ConvertAll(row, value => value * 1e25f)))
        );

    [Fact]
    public void No_tensor_outlives_a_fit_whose_listener_throws() =>
        ExpectNoTensorLeft<InvalidTimeZoneException>(
            TinyVae.Training with
            {
                Progress = new EpochRecorder(_ => throw new InvalidTimeZoneException()),
            },
            FactorRows.View(_mlContext, 100)
        );

    [Fact]
    public void No_tensor_outlives_a_fit_whose_source_changes()
        => ExpectNoTensorLeft<InvalidOperationException>(
            WideRows.Streamed.Training, new PassView(WideRows.Features, pass => WideRows.Create(WideRows.Count - pass)));

    [Fact]
    public void A_fit_works_where_the_caller_has_turned_gradients_off()
    {
        var data = FactorRows.View(_mlContext, 100);
        using var outside = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(data);
        using var _ = no_grad();
        using var inside = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(data);
        WeightsAssert.Same(outside.Model, inside.Model);
    }

    [Fact]
    public void A_fit_works_inside_a_scope_of_the_caller()
    {
        var data = FactorRows.View(_mlContext, 100);
        using var outside = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(data);
        using var scope = NewDisposeScope();
        using var inside = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(data);
        WeightsAssert.Same(outside.Model, inside.Model);
    }

    private void ExpectNoTensorLeft<TException>(VaeTrainingOptions training, IDataView data)
        where TException : Exception
    {
        var options = TinyVae.Options with { Normalization = VaeNormalization.None, Training = training };
        var before = Tensor.TotalCount;
        Assert.Throws<TException>(() => _mlContext.Transforms.VaeEmbed(options).Fit(data));
        Assert.Equal(before, Tensor.TotalCount);
    }
}
