using Microsoft.ML;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Data;

/// <summary>Columns that share a range, which features for a learner are scaled by together.</summary>
public sealed class SharedRangeTests
{
    [Fact]
    public void The_log_names_the_range_that_columns_share()
    {
        const int Width = 12;
        var mlContext = new MLContext(seed: 1);
        var log = new ContextLog(mlContext);
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 100).Select(_ => Enumerable.Range(0, Width).Select(_ => random.Next(3) / 2f).ToArray())];
        var options = VaeOptions.Features(2) with { Training = new() { Epochs = 1 } };
        mlContext.Transforms.VaeEmbed(options).Fit(SampleData.Features(mlContext, rows, Width)).Dispose();
        Assert.Contains(log.Training, message => message.Contains("12 values of a row share the range 0 to 1", StringComparison.Ordinal));
    }
}
