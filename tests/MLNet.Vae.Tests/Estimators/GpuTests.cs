using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Estimators;

public class GpuTests
{
    // No machine has as many.
    private const int MissingDevice = 99;

    private readonly MLContext _mlContext = new(seed: 1);

    private static string Fault
        => $"CUDA device 99 was asked for training, but torch finds {(cuda.is_available() ? cuda.device_count() : 0)} CUDA devices here";

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public void A_device_of_the_options_that_is_not_there_is_an_error(bool? fallback)
        => ExpectFault(TinyVae.Training with { GpuDeviceId = MissingDevice, FallbackToCpu = fallback });

    [Fact]
    public void A_device_of_the_options_is_an_error_whatever_the_context_allows()
    {
        _mlContext.FallbackToCpu = true;
        ExpectFault(TinyVae.Training with { GpuDeviceId = MissingDevice });
    }

    [Fact]
    public void A_device_of_the_context_is_an_error_where_the_context_forbids_the_cpu()
    {
        _mlContext.GpuDeviceId = MissingDevice;
        _mlContext.FallbackToCpu = false;
        ExpectFault(TinyVae.Training);
    }

    [Fact]
    public void The_cpu_stands_in_with_a_warning_where_the_options_allow_it()
        => ExpectCpu(TinyVae.Training with { GpuDeviceId = MissingDevice, FallbackToCpu = true });

    [Fact]
    public void The_cpu_stands_in_with_a_warning_where_the_context_allows_it()
    {
        _mlContext.GpuDeviceId = MissingDevice;
        _mlContext.FallbackToCpu = true;
        ExpectCpu(TinyVae.Training);
    }

    [Fact]
    public void The_options_overrule_the_context()
    {
        _mlContext.GpuDeviceId = MissingDevice;
        _mlContext.FallbackToCpu = false;
        ExpectCpu(TinyVae.Training with { FallbackToCpu = true });
    }

    [Fact]
    public void Trains_on_a_gpu()
    {
        Assert.SkipUnless(cuda.is_available(), "No CUDA device here.");
        var data = FactorRows.View(_mlContext, 100);
        var options = TinyVae.Options with { Training = TinyVae.Training with { GpuDeviceId = 0 } };
        using var onGpu = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        using var again = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        Assert.Equal("cuda:0", onGpu.History().Device);
        WeightsAssert.Same(onGpu.Model, again.Model);
    }

    private void ExpectFault(VaeTrainingOptions training)
    {
        var exception = Refusal.Expect(() => Fit(training), "a GPU that is not there");
        Assert.IsType<InvalidOperationException>(exception);
        Assert.Equal(
            $"{Fault}. Reference TorchSharp-cuda-linux or TorchSharp-cuda-windows and check the driver, "
                + "set FallbackToCpu, or leave GpuDeviceId null.",
            exception.Message);
    }

    private void ExpectCpu(VaeTrainingOptions training)
    {
        var log = new ContextLog(_mlContext);
        using var transformer = Fit(training);
        Assert.Equal("cpu", transformer.History().Device);
        Assert.Equal($"{Fault}; training runs on the CPU.", log.Warnings[0]);
        Assert.Equal(log.Warnings, transformer.History().Warnings);
    }

    private VaeTransformer Fit(VaeTrainingOptions training)
        => _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training }).Fit(FactorRows.View(_mlContext, 50));
}
