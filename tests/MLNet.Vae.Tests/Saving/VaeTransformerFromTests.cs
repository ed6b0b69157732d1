using Microsoft.ML;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Saving;

public sealed class VaeTransformerFromTests : IDisposable
{
    private readonly MLContext _mlContext = new(seed: 1);
    private readonly TemporaryDirectory _directory = new();
    private readonly IDataView _source;
    private readonly VaeTransformer _original;

    public VaeTransformerFromTests()
    {
        _source = SampleData.View(_mlContext, SampleData.Rows(20), SampleData.SlotNames);
        _original = new VaeTransformer(_mlContext, SampleModels.Create(SampleModels.AllColumns, featureNames: SampleData.SlotNames), new());
    }

    public void Dispose()
    {
        _original.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_model_zip_gives_the_transformer_back()
    {
        _mlContext.Model.Save(_original, _source.Schema, _directory.File("model.zip"));
        ExpectOriginal(VaeTransformer.From(_mlContext, _directory.File("model.zip")));
    }

    [Fact]
    public void A_model_zip_of_a_chain_gives_the_transformer_back()
    {
        var chain = _mlContext
            .Transforms.CopyColumns("Copy", "Features")
            .Append(new ModelEstimator(_mlContext, _original.Model))
            .Fit(_source);
        _mlContext.Model.Save(chain, _source.Schema, _directory.File("model.zip"));
        ExpectOriginal(VaeTransformer.From(_mlContext, _directory.File("model.zip")));
    }

    [Fact]
    public void A_scorer_gives_the_transformer_back()
    {
        _original.ExportOnnx(_directory.Path);
        ExpectOriginal(VaeTransformer.From(_mlContext, _directory.File("scorer.onnx")));
    }

    [Fact]
    public void An_encoder_gives_embedding_and_log_sigma_only()
    {
        _original.ExportOnnx(_directory.Path);
        using var transformer = VaeTransformer.From(_mlContext, _directory.File("encoder.onnx"));
        using var expected = _original.WithColumns(SampleModels.EmbeddingColumns);
        ViewAssert.SameRows(expected.Transform(_source), transformer.Transform(_source), _ => true);
        Assert.Equal(
            "The model cannot score like this: This model was loaded from an encoder alone and gives only what describes the latent "
            + "variable; "
                + "\"S\" and \"L\" need the decoder. Load scorer.onnx or the model.zip instead.",
            Refusal
                .Expect(
                    () =>
                        transformer.WithColumns(
                            new()
                            {
                                Features = "Features",
                                Score = "S",
                                PredictedLabel = "L",
                            }
                        ),
                    "a score of an encoder"
                )
                .Message
        );
    }

    [Fact]
    public void An_encoder_of_a_detector_gives_an_embedding()
    {
        using var detector = _original.WithColumns(SampleModels.DetectionColumns);
        detector.ExportOnnx(_directory.Path);
        using var transformer = VaeTransformer.From(_mlContext, _directory.File("encoder.onnx"));
        Assert.Equal(new VaeColumns { Features = "Features", Embedding = "Embedding" }, transformer.Model.Info.Columns);
    }

    [Fact]
    public void A_loaded_pipeline_gives_the_transformer_back()
    {
        ExpectOriginal(VaeTransformer.From(_mlContext, SavedModel.RoundTrip(_original, _source.Schema)));
        var chain = _mlContext
            .Transforms.CopyColumns("Copy", "Features")
            .Append(new ModelEstimator(_mlContext, _original.Model))
            .Fit(_source);
        ExpectOriginal(VaeTransformer.From(_mlContext, SavedModel.RoundTrip(chain, _source.Schema)));
    }

    [Fact]
    public void A_transformer_or_a_chain_with_one_gives_itself()
    {
        Assert.Same(_original, VaeTransformer.From(_mlContext, _original));
        var chain = _mlContext
            .Transforms.CopyColumns("Copy", "Features")
            .Append(new ModelEstimator(_mlContext, _original.Model))
            .Fit(_source);
        Assert.Same(chain.LastTransformer, VaeTransformer.From(_mlContext, chain));
        var other = VaeTransformer.From(_mlContext, chain, new() { BlockSize = 1 });
        Assert.NotSame(chain.LastTransformer, other);
        ExpectOriginal(other);
    }

    [Fact]
    public void A_transformer_without_one_is_refused()
        => Assert.Equal(
            "The transformer holds no variational autoencoder of MLNet.Vae: expected one, found no ONNX model at all. "
                + "Give a pipeline that was saved with a VaeEmbed or a Vae trainer in it.",
            Refusal
                .Expect(() => VaeTransformer.From(_mlContext, _mlContext.Transforms.CopyColumns("Copy", "Features").Fit(_source)), "none")
                .Message
        );

    [Fact]
    public void A_transformer_with_several_is_refused()
    {
        var second = SampleModels.Create(SampleModels.EmbeddingColumns with { Embedding = "Second", LogSigma = null }, seed: 2);
        var chain = new ModelEstimator(_mlContext, _original.Model).Append(new ModelEstimator(_mlContext, second)).Fit(_source);
        const string Expected = "The transformer holds several variational autoencoders: expected one, found those that add "
            + "\"Embedding\" and \"Second\". Give the single transformer, as TransformerChain enumerates them.";
        Assert.Equal(Expected, Refusal.Expect(() => VaeTransformer.From(_mlContext, chain), "two").Message);
        Assert.Equal(
            Expected,
            Refusal.Expect(() => VaeTransformer.From(_mlContext, SavedModel.RoundTrip(chain, _source.Schema)), "two loaded").Message
        );
    }

    [Fact]
    public void A_zip_with_none_or_several_is_refused()
    {
        var path = _directory.File("model.zip");
        _mlContext.Model.Save(_mlContext.Transforms.CopyColumns("Copy", "Features").Fit(_source), _source.Schema, path);
        Assert.Equal(
            $"\"{path}\" holds no variational autoencoder of MLNet.Vae: expected one, found no ONNX model at all. "
                + "Give a pipeline that was saved with a VaeEmbed or a Vae trainer in it.",
            Assert.Throws<InvalidDataException>(() => VaeTransformer.From(_mlContext, path)).Message);

        var chain = new ModelEstimator(_mlContext, _original.Model)
            .Append(
                new ModelEstimator(
                    _mlContext,
                    _original.Model.With(
                        _original.Model.Info with
                        {
                            Columns = new() { Features = "Features", Score = "S2" },
                        }
                    )
                )
            )
            .Fit(_source);
        _mlContext.Model.Save(chain, _source.Schema, path);
        Assert.Equal(
            $"\"{path}\" holds several variational autoencoders: expected one, found those that add \"Embedding\" and \"S2\". "
                + "Give the single transformer, as TransformerChain enumerates them.",
            Assert.Throws<InvalidDataException>(() => VaeTransformer.From(_mlContext, path)).Message);
    }

    [Fact]
    public void A_truncated_or_damaged_zip_is_refused()
    {
        var zip = SavedModel.Save(_original, _source.Schema);
        foreach (
            var (bytes, what) in new[]
            {
                (zip[..(zip.Length / 2)], "truncated"),
                (Damage(zip), "damaged"),
                ("PK and then text"u8.ToArray(), "text"),
            }
        )
        {
            var path = _directory.File($"{what}.zip");
            File.WriteAllBytes(path, bytes);
            var exception = Assert.Throws<InvalidDataException>(() => VaeTransformer.From(_mlContext, path));
            Assert.True(
                exception.Message.StartsWith(
                    $"\"{path}\" begins like a zip archive but cannot be read: expected a model.zip as mlContext.Model.Save writes it, "
                        + "found a truncated or damaged one. Copy or save the model again. Reason: ",
                    StringComparison.Ordinal),
                $"{what}: {exception.Message}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("neither zip nor ONNX")]
    public void A_foreign_file_is_refused(string text)
    {
        var path = _directory.File("foreign.onnx");
        File.WriteAllText(path, text);
        Assert.Contains(
            path,
            Assert.Throws<InvalidDataException>(() => VaeTransformer.From(_mlContext, path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_decoder_is_refused()
    {
        _original.ExportOnnx(_directory.Path);
        Assert.Throws<InvalidDataException>(() => VaeTransformer.From(_mlContext, _directory.File("decoder.onnx")));
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_refused()
    {
        var path = _directory.File("missing.zip");
        Assert.Equal(
            $"There is no file \"{path}\". Give the path of a saved model.zip or of an exported scorer.onnx.",
            Assert.Throws<FileNotFoundException>(() => VaeTransformer.From(_mlContext, path)).Message);
        Assert.Equal(
            $"\"{_directory.Path}\" is a directory. Give the path of a saved model.zip or of an exported scorer.onnx.",
            Assert.Throws<InvalidDataException>(() => VaeTransformer.From(_mlContext, _directory.Path)).Message);
    }

    private void ExpectOriginal(VaeTransformer transformer)
    {
        using (transformer)
        {
            Assert.Equal(_original.Threshold, transformer.Threshold);
            Assert.Equal(_original.Model.ToOnnx(VaeGraph.Scorer), transformer.Model.ToOnnx(VaeGraph.Scorer));
            SchemaAssert.Same(_original.GetOutputSchema(_source.Schema), transformer.GetOutputSchema(_source.Schema));
            ViewAssert.SameRows(_original.Transform(_source), transformer.Transform(_source), _ => true);
        }
    }

    // Turned over where the graph lies, which is most of the file.
    private static byte[] Damage(byte[] zip)
    {
        var damaged = zip.ToArray();
        for (var i = zip.Length / 4; i < zip.Length / 2; i++)
        {
            damaged[i] ^= 0xFF;
        }

        return damaged;
    }
}
