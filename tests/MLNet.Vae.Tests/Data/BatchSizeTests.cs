using Microsoft.ML;

namespace MLNet.Vae.Tests.Data;

public class BatchSizeTests
{
    [Fact]
    public void A_batch_of_streamed_rows_that_no_array_holds_is_an_option_that_is_wrong()
    {
        const int Features = 4_096;
        var mlContext = new MLContext(seed: 1);
        var options = WideRows.Streamed with { Training = WideRows.Streamed.Training with { BatchSize = 1 << 20 } };
        var view = new PassView(Features, _ => Enumerable.Repeat(new float[Features], 100));
        var exception = Assert.Throws<ArgumentException>(() => mlContext.Transforms.VaeEmbed(options).Fit(view));
        Assert.Equal(
            "1 option is wrong: VaeTrainingOptions.BatchSize must be at most 524287 for rows of 4096 values beyond MemoryLimit, but "
                + "is 1048576.",
            exception.Message
        );
    }
}
