using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Latents;

/// <summary>A vector-quantised model as an ML.NET component: the embedding and a column of keys, before saving and after.</summary>
public class VectorQuantizedTests
{
    private const int Rows = 100, CodebookSize = 16, Dimension = 3, Codes = 2;

    private static readonly VaeOptions Options = TinyVae.Options with
    {
        Latent = VaeLatent.VectorQuantized(CodebookSize, Dimension, Codes),
    };

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

    [Theory]
    [InlineData("conditional")]
    [InlineData("pictures")]
    [InlineData("noisy, with σ for each row")]
    public void Stands_the_workout_with_other_choices(string name)
        => Workout.Run(Combination(name), SampleData.View(_mlContext, SampleData.Rows(Rows)), []);

    [Fact]
    public void Codes_are_keys_that_count_from_1_and_stand_for_entries_that_count_from_0()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        var info = transformer.Model.Info;
        Assert.Equal(
            (VaeLatentKind.VectorQuantized, Codes, CodebookSize, Codes * Dimension),
            (info.LatentKind, info.CodeCount, info.CodebookSize, info.LatentDimension)
        );
        Assert.Equal(
            new()
            {
                Features = "Features",
                Embedding = "Embedding",
                Codes = "EmbeddingCodes",
            },
            info.Columns
        );

        var scored = transformer.Transform(data);
        var column = scored.Schema["EmbeddingCodes"];
        Assert.Equal(new VectorDataViewType(new KeyDataViewType(typeof(uint), CodebookSize), Codes), column.Type);
        Assert.Equal(["EmbeddingCodes0", "EmbeddingCodes1"], Texts(column, "SlotNames"));
        Assert.Equal(Enumerable.Range(0, CodebookSize).Select(i => $"{i}"), Texts(column, "KeyValues"));

        var keys = scored.GetColumn<uint[]>(column).ToArray();
        Assert.All(keys.SelectMany(row => row), key => Assert.InRange(key, 1u, (uint)CodebookSize));
        // Rows with the same keys have the same embedding, and none else.
        var parts = keys.SelectMany(row => row)
            .Zip(scored.GetColumn<float[]>("Embedding").SelectMany(row => row.Chunk(Dimension)).Select(part => string.Join(' ', part)));
        Assert.Equal(parts.Select(p => p.First).Distinct().Count(), parts.Distinct().Count());
        Assert.Equal(parts.Select(p => p.Second).Distinct().Count(), parts.Distinct().Count());

        var promised = _mlContext
            .Transforms.VaeEmbed(Options)
            .GetOutputSchema(MLNetInternals.Shape(data.Schema))
            .Single(c => c.Name == "EmbeddingCodes");
        Assert.True(promised is { IsKey: true, Kind: SchemaShape.Column.VectorKind.Vector });
        Assert.Equal(["KeyValues", "SlotNames"], promised.Annotations.Select(annotation => annotation.Name).Order());
    }

    [Fact]
    public void Keys_stand_for_the_numbers_of_the_entries()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        Assert.Equal(
            Enumerable.Range(0, CodebookSize).Select(number => $"{number}"),
            Texts(transformer.Transform(data).Schema["EmbeddingCodes"], "KeyValues")
        );
    }

    /// <summary>Stock ML.NET makes keys of the graph's numbers, with the same type, annotations and values as before saving.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_pipeline_has_the_same_keys(bool withScore)
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(Options with { ScoreColumnName = withScore ? "Score" : null, CodesColumnName = "Symbols" })
            .Fit(data);
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        Assert.All(
            Assert.IsType<IEnumerable<ITransformer>>(loaded, exactMatch: false),
            part => Assert.StartsWith("Microsoft.ML", part.GetType().Assembly.GetName().Name));

        var (expected, actual) = (transformer.Transform(data), loaded.Transform(data));
        SchemaAssert.Same(expected.Schema, actual.Schema, "Score");
        ViewAssert.SameRows(expected, actual, _ => true);

        using var again = VaeTransformer.From(_mlContext, loaded);
        SchemaAssert.Same(expected.Schema, again.GetOutputSchema(data.Schema));
        ViewAssert.SameRows(expected, again.Transform(data), _ => true);
    }

    [Fact]
    public void Codes_alone_can_be_asked_for()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var fitted = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        using var transformer = fitted.WithColumns(new() { Features = "Features", Codes = "C" });
        var loaded = SavedModel.RoundTrip(transformer, data.Schema);
        Assert.Equal(["Features", "C"], loaded.GetOutputSchema(data.Schema).Select(column => column.Name));
        Assert.Equal(fitted.Transform(data).GetColumn<uint[]>("EmbeddingCodes"), loaded.Transform(data).GetColumn<uint[]>("C"));
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
        Assert.Equal(["Features", "Embedding", "EmbeddingCodes"], encoder.GetOutputSchema(data.Schema).Select(column => column.Name));
        Assert.Equal(
            transformer.Transform(data).GetColumn<uint[]>("EmbeddingCodes"),
            encoder.Transform(data).GetColumn<uint[]>("EmbeddingCodes")
        );
    }

    [Fact]
    public void Single_rows_are_predicted_as_those_of_a_view()
    {
        var rows = FactorRows.Create(Rows);
        var data = FactorRows.View(_mlContext, rows);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(data);
        var expected = transformer.Transform(data).GetColumn<uint[]>("EmbeddingCodes").ToArray();

        using var engine = _mlContext.Model.CreatePredictionEngine<FeaturesRow, CodedRow>(transformer);
        using var loaded = _mlContext.Model.CreatePredictionEngine<FeaturesRow, CodedRow>(SavedModel.RoundTrip(transformer, data.Schema));
        foreach (var (row, keys) in rows.Zip(expected))
        {
            Assert.Equal(keys, engine.Predict(new() { Features = row }).EmbeddingCodes);
            Assert.Equal(keys, loaded.Predict(new() { Features = row }).EmbeddingCodes);
        }
    }

    [Fact]
    public void A_row_that_is_not_finite_has_missing_keys()
    {
        using var fitted = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        using var transformer = fitted.WithScoring(new() { NonFiniteInput = NonFiniteHandling.ReturnNaN });
        float[] bad = [.. FactorRows.Create(1)[0]];
        bad[1] = float.NaN;
        Assert.Equal([0u, 0u], transformer.Transform(FactorRows.View(_mlContext, [bad])).GetColumn<uint[]>("EmbeddingCodes").Single());
    }

    /// <summary>Every code costs the same, so that a row's score tells of its reconstruction alone.</summary>
    [Fact]
    public void The_score_is_the_negative_bound()
    {
        var data = FactorRows.View(_mlContext, Rows);
        using var transformer = _mlContext
            .Transforms.VaeEmbed(
                Options with
                {
                    ScoreColumnName = "Score",
                    ReconstructionColumnName = "R",
                    Normalization = VaeNormalization.None,
                }
            )
            .Fit(data);
        var scored = transformer.Transform(data);
        var sigma = transformer.Model.Info.DecoderSigma!.Value;
        var expected = scored
            .GetColumn<float[]>("Features")
            .Zip(
                scored.GetColumn<float[]>("R"),
                (x, r) =>
                    x.Zip(r, (a, b) => (0.5 * Math.Pow((a - b) / sigma, 2)) + Math.Log(sigma) + (0.5 * Math.Log(Math.Tau))).Sum()
                    + (Codes * Math.Log(CodebookSize))
            );
        Assert.All(expected.Zip(scored.GetColumn<float>("Score")), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
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

    [Fact]
    public void Streamed_rows_give_the_same_weights_again_too()
    {
        var source = new PassView(WideRows.Features, _ => WideRows.Create());
        var estimator = _mlContext.Transforms.VaeEmbed(Options with { Training = WideRows.Streamed.Training });
        using var first = estimator.Fit(source);
        // One to look at the rows, one for each epoch, and one for the codes that the prior is fitted to.
        Assert.Equal(1 + TinyVae.Epochs + 1, source.Passes);
        using var second = estimator.Fit(source);
        WeightsAssert.Same(first.Model, second.Model);
    }

    [Fact]
    public void A_model_without_codes_refuses_to_give_them()
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options).Fit(FactorRows.View(_mlContext, Rows));
        Assert.Equal(
            "The model cannot score like this: Column \"C\" is named for Codes, which a model with a Gaussian latent does not give. Leave "
            + "Codes out.",
            Refusal.Expect(() => transformer.WithColumns(new() { Features = "Features", Codes = "C" }), "codes of a Gaussian model").Message
        );
        using var quantized = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        Assert.Equal(
            "The model cannot score like this: Column \"S\" is named for LogSigma, which a model with a VectorQuantized latent does not "
            + "give. Leave LogSigma out.",
            Refusal.Expect(() => quantized.WithColumns(new() { Features = "Features", LogSigma = "S" }), "log σ of codes").Message);
    }

    [Fact]
    public void The_log_tells_the_perplexity_of_each_epoch()
    {
        var log = new ContextLog(_mlContext);
        using var transformer = _mlContext.Transforms.VaeEmbed(Options).Fit(FactorRows.View(_mlContext, Rows));
        var epoch = transformer.History().Epochs[0];
        Assert.Contains(
            FormattableString.Invariant($"  perplexity {epoch.Perplexity:F1}  "),
            log.Training.Single(line => line.StartsWith("Epoch 1/", StringComparison.Ordinal))
        );
    }

    private IEstimator<ITransformer> Estimator(string name) => name switch
    {
        "embedding" => _mlContext.Transforms.VaeEmbed(Options),
        "every column" => _mlContext.Transforms.VaeEmbed(Options with
        {
            CodesColumnName = "Symbols",
            ReconstructionColumnName = "Reconstruction",
            ScoreColumnName = "Score",
            ContributionsColumnName = "Contributions",
        }),
        _ => _mlContext.AnomalyDetection.Trainers.Vae(
            TinyVae.AnomalyOptions with { Latent = Options.Latent, ContributionsColumnName = "Contributions" }),
    };

    private VaeEstimator Combination(string name) => _mlContext.Transforms.VaeEmbed(name switch
    {
        "conditional" => Options with { Condition = new() { ColumnName = nameof(SampleData.Row.Flag) }, ReconstructionColumnName = "R" },
        "pictures" => Options with { Architecture = VaeArchitecture.Convolutional(2, 3, 1, 4), ReconstructionColumnName = "R" },
        _ => Options with
        {
            Likelihood = VaeLikelihood.GaussianPerRow,
            Corruption = VaeCorruption.Masking(0.3),
            ReconstructionColumnName = "R",
        },
    });

    private static string[] Texts(DataViewSchema.Column column, string annotation)
    {
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(annotation, ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }

    public sealed class FeaturesRow
    {
        [VectorType(FactorRows.Features)]
        public float[] Features { get; set; } = [];
    }

    public sealed class CodedRow
    {
        public uint[] EmbeddingCodes { get; set; } = [];
    }
}
