using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Runtime;

public class ScoringSessionsTests
{
    // No machine has so many.
    private const int NoSuchGpu = 99;

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_gpu_that_is_not_there_is_an_error()
    {
        using var transformer = new VaeTransformer(
            _mlContext,
            SampleModels.Embedder(),
            new() { GpuDeviceId = NoSuchGpu, FallbackToCpu = false }
        );
        var exception = Refusal.Expect(() => Embed(transformer), "a GPU that is not there");
        Assert.StartsWith(
            "GPU device 99 was asked for and cannot be used. Add the package Microsoft.ML.OnnxRuntime.Gpu, check the CUDA installation, "
                + "or allow the CPU with VaeScoringOptions.FallbackToCpu = true. Reason: ",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_gpu_that_is_not_there_is_a_warning_where_the_cpu_may_do()
    {
        var warnings = new List<string>();
        _mlContext.Log += (_, entry) =>
        {
            if (entry.Kind == ChannelMessageKind.Warning)
            {
                warnings.Add(entry.RawMessage);
            }
        };
        using var transformer = new VaeTransformer(
            _mlContext,
            SampleModels.Embedder(),
            new() { GpuDeviceId = NoSuchGpu, FallbackToCpu = true }
        );
        using var onCpu = new VaeTransformer(_mlContext, SampleModels.Embedder(), new());
        Assert.Equal(Embed(onCpu), Embed(transformer));
        Assert.StartsWith(
            "GPU device 99 was asked for and cannot be used; scoring on the CPU. Reason: ",
            Assert.Single(warnings),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_gpu_and_the_fallback_of_the_context_hold_where_the_options_say_nothing(bool fallback)
    {
        var mlContext = new MLContext { GpuDeviceId = NoSuchGpu, FallbackToCpu = fallback };
        using var transformer = new VaeTransformer(mlContext, SampleModels.Embedder(), new());
        Assert.Equal(fallback, Record.Exception(() => Embed(transformer)) is null);
    }

    [Fact]
    public void A_thread_count_changes_no_value()
    {
        using var one = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { Threads = 1 });
        using var two = new VaeTransformer(_mlContext, SampleModels.Embedder(), new() { Threads = 2 });
        FloatAssert.Near(Embed(one), Embed(two), "embedding");
    }

    private float[] Embed(VaeTransformer transformer)
    {
        var view = transformer.Transform(SampleData.View(_mlContext, SampleData.Rows(20)));
        return [.. view.GetColumn<float[]>("Embedding").SelectMany(values => values)];
    }
}
