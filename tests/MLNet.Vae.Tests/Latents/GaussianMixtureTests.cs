using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;

namespace MLNet.Vae.Tests.Latents;

/// <summary>A mixture as an ML.NET component: the embedding and a column of probabilities, before saving and after.</summary>
public class GaussianMixtureTests
{
    private const int Rows = 100,
        Dimension = 3,
        Components = 4;

    private static readonly VaeOptions Options = TinyVae.Options with { Latent = VaeLatent.GaussianMixture(Dimension, Components) };

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string> Estimators { get; } = ["embedding", "every column", "anomaly"];

    [Theory]
    [MemberData(nameof(Estimators))]
    public void Stands_the_workout(string name)
    {
        var valid = SampleData.View(_mlContext, SampleData.Rows(Rows));
        var invalid = InvalidColumns.All(_mlContext).Select(column => (column.Data, column.Why));
        Workout.Run(Estimator(name), valid, invalid, "Score", "PredictedLabel");
    }

    [Fact]
    public void Components_are_probabilities_with_names()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        Assert.Equal(
            new()
            {
                Features = "Features",
                Embedding = "Embedding",
                LogSigma = "EmbeddingLogSigma",
                Components = "EmbeddingComponents",
            },
            transformer.Model.Info.Columns
        );

        var scored = transformer.Transform(data);
        var column = scored.Schema["EmbeddingComponents"];
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, Components), column.Type);
        Assert.Equal(["EmbeddingComponents0", "EmbeddingComponents1", "EmbeddingComponents2", "EmbeddingComponents3"], SlotNames(column));
        var probabilities = scored.GetColumn<float[]>(column).ToArray();
        Assert.All(probabilities.SelectMany(row => row), p => Assert.InRange(p, 0, 1));
        Assert.All(probabilities, row => Assert.Equal(1, row.Sum(), 1e-5f));

        var promised = _mlContext
            .Transforms.VaeEmbed(Options)
            .GetOutputSchema(MLNetInternals.Shape(data.Schema))
            .Single(c => c.Name == "EmbeddingComponents");
        Assert.True(promised is { IsKey: false, Kind: SchemaShape.Column.VectorKind.Vector });
        Assert.Equal("SlotNames", Assert.Single(promised.Annotations).Name);
    }

    [Fact]
    public void The_model_tells_what_it_learned_of_each_component()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        var info = transformer.Model.Info;
        Assert.Equal((VaeLatentKind.GaussianMixture, Components, Dimension), (info.LatentKind, info.ComponentCount, info.LatentDimension));
        Assert.Equal(Components, info.Components!.Count);
        Assert.Equal(1, info.Components.Sum(component => component.Weight), 1e-5);
        Assert.All(info.Components, component => Assert.Equal((Dimension, Dimension), (component.Mean.Count, component.LogSigma.Count)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_pipeline_has_the_same_values(bool withScore)
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(Options with { ScoreColumnName = withScore ? "Score" : null, ComponentsColumnName = "Kinds" })
            .Fit(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);

        var (expected, actual) = (transformer.Transform(data), loaded.Transform(data));
        SchemaAssert.Same(expected.Schema, actual.Schema, "Score");
        ViewAssert.SameRows(expected, actual, _ => true);

        using var again = VaeTransformer.From(_mlContext, loaded);
        SchemaAssert.Same(expected.Schema, again.GetOutputSchema(data.Schema));
        ViewAssert.SameRows(expected, again.Transform(data), _ => true);
        Assert.Equivalent(transformer.Model.Info, again.Model.Info, strict: true);
    }

    [Fact]
    public void Exported_files_are_the_model()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options with { ReconstructionColumnName = "R" }).Fit(data);
        using var directory = new TemporaryDirectory();
        transformer.ExportOnnx(directory.Path);

        using var scorer = VaeTransformer.From(_mlContext, directory.File("scorer.onnx"));
        Assert.Equivalent(transformer.Model.Info, VaeModel.Load(directory.File("scorer.onnx")).Info, strict: true);
        ViewAssert.SameRows(transformer.Transform(data), scorer.Transform(data), _ => true);

        using var encoder = VaeTransformer.From(_mlContext, directory.File("encoder.onnx"));
        Assert.Equal(
            ["Features", "Embedding", "EmbeddingLogSigma", "EmbeddingComponents"],
            encoder.GetOutputSchema(data.Schema).Select(column => column.Name)
        );
        Assert.Equal(
            transformer.Transform(data).GetColumn<float[]>("EmbeddingComponents"),
            encoder.Transform(data).GetColumn<float[]>("EmbeddingComponents")
        );
    }

    [Fact]
    public void Single_rows_are_predicted_as_those_of_a_view()
    {
        var rows = FactorRows.Create(Rows);
        var data = FactorRows.View(_mlContext, rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        var expected = transformer.Transform(data).GetColumn<float[]>("EmbeddingComponents").ToArray();

        using var engine = _mlContext.Model.CreatePredictionEngine<FeaturesRow, ComponentsRow>(transformer);
        foreach (var (row, probabilities) in rows.Zip(expected))
            Assert.Equal(probabilities, engine.Predict(new() { Features = row }).EmbeddingComponents, (a, b) => Math.Abs(a - b) <= 1e-5);
    }

    /// <summary>ln p(x) by importance sampling is never below the bound, but for chance: the bound holds for a mixture too.</summary>
    [Fact]
    public void The_log_likelihood_is_above_the_bound()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        var likelihood = transformer
            .LogLikelihood(data, importanceSamples: 200, seed: 1)
            .GetColumn<float>("LogLikelihood")
            .Average(v => (double)v);

        Assert.InRange(likelihood, transformer.History().Best.ValidationElbo!.Value - 0.5, double.MaxValue);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var first = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        using var second = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        using var other = _mlContext
            .Transforms.VaeEmbed(Options with { Training = TinyVae.Training with { Seed = TinyVae.Seed + 1 } })
            .Fit(data);
        WeightsAssert.Same(first.Model, second.Model);
        WeightsAssert.Differ(first.Model, other.Model);
    }

    /// <summary>Clusters are looked for once, in a pass of its own over a source that is too large for memory.</summary>
    [Fact]
    public void Streamed_rows_give_the_same_weights_again_too()
    {
        var source = new PassView(WideRows.Features, _ => WideRows.Create());
        var estimator = _mlContext.Transforms.VaeEmbed(Options with { Training = WideRows.Streamed.Training });
        using var first = estimator.Fit(source);
        Assert.Equal((1 + TinyVae.Epochs + 1, 0), (source.Passes, source.OpenCursors));
        using var second = estimator.Fit(source);
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void A_model_without_components_refuses_to_give_them()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, Rows));
        Assert.Equal(
            "The model cannot score like this: Column \"C\" is named for Components, which a model with a Gaussian latent does not give. "
            + "Leave Components out.",
            Refusal
                .Expect(() => transformer.WithColumns(new() { Features = "Features", Components = "C" }), "components of a Gaussian model")
                .Message
        );
    }

    [Fact]
    public void The_log_tells_which_epochs_pretrain()
    {
        var log = new ContextLog(_mlContext);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        Assert.Single(log.Training, line => line.StartsWith("Epoch 1/3 (pretraining)  ELBO ", StringComparison.Ordinal));
        Assert.Single(log.Training, line => line.StartsWith("Epoch 2/3  ELBO ", StringComparison.Ordinal));
    }

    private IEstimator<ITransformer> Estimator(string name) =>
        name switch
        {
            "embedding" => _mlContext.Transforms.VaeEmbed(Options),
            "every column" => _mlContext.Transforms.VaeEmbed(
                Options with
                {
                    ComponentsColumnName = "Kinds",
                    ReconstructionColumnName = "Reconstruction",
                    ScoreColumnName = "Score",
                    ContributionsColumnName = "Contributions",
                }
            ),
            _ => _mlContext.AnomalyDetection.Trainers.Vae(
                TinyVae.AnomalyOptions with
                {
                    Latent = Options.Latent,
                    ContributionsColumnName = "Contributions",
                }
            ),
        };

    private static string[] SlotNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue("SlotNames", ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }

    public sealed class FeaturesRow
    {
        [VectorType(FactorRows.Features)]
        public float[] Features { get; set; } = [];
    }

    public sealed class ComponentsRow
    {
        public float[] EmbeddingComponents { get; set; } = [];
    }
}
