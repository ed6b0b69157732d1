using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>An embedding with a learner behind it, in one pipeline and one file.</summary>
public sealed class PipelineTests : IDisposable
{
    private const int Rows = 150;

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly List<Sample> _samples;
    private readonly IDataView _data;
    private readonly TransformerChain<KeyToValueMappingTransformer> _fitted;

    public PipelineTests()
    {
        _samples = FactorRows.Create(Rows).ConvertAll(row => new Sample { Left = row[..2], Right = row[2..], Kind = Kind(row[0]) });
        _data = _mlContext.Data.LoadFromEnumerable(_samples);
        var pipeline = _mlContext.Transforms.Concatenate("Features", nameof(Sample.Left), nameof(Sample.Right))
            .Append(_mlContext.Transforms.VaeEmbed(TinyVae.Options))
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Sample.Kind)))
            .Append(_mlContext.MulticlassClassification.Trainers.OneVersusAll(
                _mlContext.BinaryClassification.Trainers.FastTree(
                    featureColumnName: "Embedding", numberOfTrees: 10, numberOfLeaves: 4, minimumExampleCountPerLeaf: 2)))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("PredictedKind", "PredictedLabel"));
        _fitted = pipeline.Fit(_data);
    }

    public void Dispose() => _fitted.Dispose();

    [Fact]
    public void A_learner_behind_the_embedding_learns_from_it()
    {
        var metrics = _mlContext.MulticlassClassification.Evaluate(_fitted.Transform(_data));
        Assert.True(metrics.MicroAccuracy > 0.8, $"accuracy {metrics.MicroAccuracy}");
    }

    [Fact]
    public void One_file_gives_the_same_predictions_in_a_fresh_context()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.model.zip");
        try
        {
            _mlContext.Model.Save(_fitted, _data.Schema, path);
            var loaded = new MLContext().Model.Load(path, out var inputSchema);
            SchemaAssert.Same(_data.Schema, inputSchema);
            ViewAssert.SameRows(_fitted.Transform(_data), loaded.Transform(_data), _ => true);

            using var transformer = VaeTransformer.From(new MLContext(), path);
            WeightsAssert.Same(Original.Model, transformer.Model);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_prediction_engine_works_at_the_end_of_the_chain_and_of_the_loaded_one()
    {
        using var engine = _mlContext.Model.CreatePredictionEngine<Sample, Guess>(_fitted);
        var loaded = SavedModel.RoundTrip(_fitted, _data.Schema);
        using var loadedEngine = _mlContext.Model.CreatePredictionEngine<Sample, Guess>(loaded);
        var expected = _fitted.Transform(_data).GetColumn<string>("PredictedKind").ToArray();
        Assert.True(expected.Distinct().Count() > 1);
        Assert.Equal(expected, _samples.Select(sample => engine.Predict(sample).PredictedKind));
        Assert.Equal(expected, _samples.Select(sample => loadedEngine.Predict(sample).PredictedKind));
    }

    [Fact]
    public void The_typed_transformer_comes_back_from_the_chain()
    {
        Assert.Same(Original, VaeTransformer.From(_mlContext, _fitted));
    }

    [Fact]
    public void The_typed_transformer_comes_back_from_the_loaded_chain_as_it_was()
    {
        var loaded = SavedModel.RoundTrip(_fitted, _data.Schema);
        using var transformer = VaeTransformer.From(_mlContext, loaded);
        Assert.Equal(Original.Model.ToOnnx(VaeGraph.Scorer), transformer.Model.ToOnnx(VaeGraph.Scorer));

        var features = _mlContext.Transforms.Concatenate("Features", nameof(Sample.Left), nameof(Sample.Right)).Fit(_data).Transform(_data);
        SchemaAssert.Same(Original.GetOutputSchema(features.Schema), transformer.GetOutputSchema(features.Schema));
        ViewAssert.SameRows(Original.Transform(features), transformer.Transform(features), _ => true);
    }

    [Fact]
    public void A_caching_step_before_it_changes_nothing()
    {
        var features = FactorRows.View(_mlContext, Rows);
        using var plain = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(features);
        using var cached = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(_mlContext.Data.Cache(features));
        WeightsAssert.Same(plain.Model, cached.Model);
    }

    private VaeTransformer Original => _fitted.SelectMany(Parts).OfType<VaeTransformer>().Single();

    private static IEnumerable<ITransformer> Parts(ITransformer transformer)
        => transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Parts) : [transformer];

    private static string Kind(float value) => value switch
    {
        < -1 => "low",
        > 1 => "high",
        _ => "middle",
    };

    public sealed class Sample
    {
        [VectorType(2)]
        public float[] Left { get; set; } = [];

        [VectorType(FactorRows.Features - 2)]
        public float[] Right { get; set; } = [];

        public string Kind { get; set; } = "";
    }

    public sealed class Guess
    {
        public string PredictedKind { get; set; } = "";
    }
}
