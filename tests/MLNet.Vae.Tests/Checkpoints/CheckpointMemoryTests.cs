using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>The count of native tensors is one for the whole process: these tests run alone.</summary>
[Collection(AloneInProcess.Name)]
public class CheckpointMemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_tensor_outlives_a_fit_that_is_broken_off_or_goes_on(bool streamed)
    {
        var mlContext = new MLContext(seed: 1);
        var options = streamed ? WideRows.Streamed : TinyVae.Options;
        var data = streamed
            ? SampleData.Features(mlContext, WideRows.Create(), WideRows.Features)
            : FactorRows.View(mlContext, 100);
        using var folder = new TemporaryDirectory();
        var before = Tensor.TotalCount;

        Assert.Throws<Crash>(() => mlContext.Transforms.VaeEmbed(options.KeptIn(folder.Path, Crash.In(epoch: 2))).Fit(data));
        Assert.Equal(before, Tensor.TotalCount);
        // The first goes on, the second takes the result.
        for (var fit = 0; fit < 2; fit++)
        {
            using var transformer = mlContext.Transforms.VaeEmbed(options.KeptIn(folder.Path)).Fit(data);
            Assert.Equal(before, Tensor.TotalCount);
        }
    }
}
