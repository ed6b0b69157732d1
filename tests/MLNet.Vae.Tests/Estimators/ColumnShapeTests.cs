using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>Every vector of known size is a row of features, whatever its dimensions.</summary>
public class ColumnShapeTests
{
    private const int Rows = 60;

    private static readonly VaeOptions Options = TinyVae.Options with { ReconstructionColumnName = "Reconstruction" };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_vector_of_two_dimensions_is_read_row_by_row()
    {
        var rows = FactorRows.Create(Rows);
        var grid = _mlContext.Data.LoadFromEnumerable(rows.Select(row => new Grid { Features = new(row.Length, row) }));
        Assert.Equal([2, 3], Assert.IsType<VectorDataViewType>(grid.Schema["Features"].Type).Dimensions.ToArray());
        Workout.Run(_mlContext.Transforms.VaeEmbed(Options), grid, []);

        using var ofGrid = _mlContext.Transforms.VaeEmbed(Options).Fit(grid);
        using var ofRows = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, rows));
        WeightsAssert.Same(ofRows.Model, ofGrid.Model);
    }

    [Fact]
    public void One_feature_is_enough()
    {
        var random = new Random(1);
        var data = SampleData.Features(_mlContext, Enumerable.Range(0, Rows).Select(_ => SampleData.Dense(random, 1)).ToArray(), 1);
        Workout.Run(_mlContext.Transforms.VaeEmbed(Options), data, []);
        Workout.Run(_mlContext.AnomalyDetection.Trainers.Vae(TinyVae.AnomalyOptions), data, [], "Score", "PredictedLabel");
    }

    [Fact]
    public void There_may_be_more_latent_dimensions_than_features()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(Options with { Latent = VaeLatent.Gaussian(20) })
            .Fit(FactorRows.View(_mlContext, Rows));
        var embedding = transformer.Transform(FactorRows.View(_mlContext, 5)).GetColumn<float[]>("Embedding");
        Assert.All(embedding, row => Assert.Equal(20, row.Length));
    }

    public sealed class Grid
    {
        [VectorType(2, 3)]
        public VBuffer<float> Features { get; set; }
    }
}
