using Microsoft.ML;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Cursors;

public class ShufflingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_view_can_be_shuffled_where_its_source_can(bool can)
    {
        var mlContext = new MLContext(seed: 1);
        using var transformer = new VaeTransformer(mlContext, SampleModels.Embedder(), new());
        var rows = SampleData.Rows(3);
        IDataView source = can
            ? mlContext.Data.Cache(SampleData.View(mlContext, rows))
            : new PassView(SampleModels.Features, _ => rows.Select(row => row.Features.DenseValues().ToArray()));
        Assert.Equal(can, source.CanShuffle);
        Assert.Equal(can, transformer.Transform(source).CanShuffle);
    }
}
