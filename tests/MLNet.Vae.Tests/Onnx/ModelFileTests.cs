using System.Text.Json;
using Google.Protobuf;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Reading;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>What goes into an ONNX file comes back, and a file that is not whole does not.</summary>
public class ModelFileTests
{
    private static readonly RandomNetwork Small = new() { Features = 2, Latents = 1, Hidden = [] };

    /// <summary>Every member is set, with values that need care on the way through text.</summary>
    private static VaeModelInfo FullInfo => Small.Info with
    {
        DecoderSigma = 0.1 + 0.2,
        FeatureNames = ["größe \"α\"", ""],
        ScoreKind = VaeScoreKind.NegativeElbo,
        Threshold = double.Epsilon,
        Contamination = 1.0 / 3,
        Columns = new()
        {
            Features = "mean",
            Embedding = "A",
            LogSigma = "B",
            Reconstruction = "C",
            Score = "D",
            PredictedLabel = "E",
            Contributions = "F",
        },
        Training = new()
        {
            Epochs =
            [
                new()
                {
                    Epoch = 1,
                    Reconstruction = double.NaN,
                    Kl = double.PositiveInfinity,
                    ValidationElbo = -1e300,
                    KlPerDimension = [1e-17],
                    ActiveUnits = 1,
                    DecoderSigma = 1,
                    LearningRate = 1e-3,
                    RowsPerSecond = 1e6,
                },
            ],
            BestEpoch = 1,
            TrainingRows = long.MaxValue,
            ValidationRows = 0,
            Elapsed = TimeSpan.FromTicks(123_456_789),
            StopReason = VaeStopReason.NonFiniteLoss,
            Seed = -1,
            Device = "cuda:0",
            Warnings = ["w"],
        },
    };

    [Theory]
    [InlineData(VaeGraph.Encoder)]
    [InlineData(VaeGraph.Scorer)]
    public void All_metadata_comes_back(VaeGraph graph)
    {
        var model = VaeModel.Create(Small.Network(), FullInfo);

        var loaded = VaeModel.Load(new MemoryStream(model.ToOnnx(graph)));

        Assert.Equal(graph == VaeGraph.Scorer, loaded.IsComplete);
        Assert.Equivalent(FullInfo, loaded.Info, strict: true);
        Assert.Equal(model.ToOnnx(graph), loaded.ToOnnx(graph));
        Assert.Equal(model.ToOnnx(VaeGraph.Encoder), loaded.ToOnnx(VaeGraph.Encoder));
    }

    /// <summary>What a quantile of scores is where the likelihood has impossible rows.</summary>
    [Fact]
    public void An_infinite_threshold_comes_back()
    {
        var model = Small.Model();
        var onnx = model.With(model.Info with { Threshold = double.PositiveInfinity }).ToOnnx(VaeGraph.Scorer);
        Assert.Equal(double.PositiveInfinity, VaeModel.Load(new MemoryStream(onnx)).Info.Threshold);
    }

    [Fact]
    public void Metadata_is_one_line_of_camel_case_JSON_without_absent_members()
        => Assert.Equal(
            """
            {"featureCount":2,"latentDimension":1,"latentKind":"Gaussian","componentCount":0,"codeCount":0,"codebookSize":0,"levelDimensions":[],"conditionCount":0,"targetCount":0,"architecture":"mlp ","likelihood":"gaussian","normalization":"none","scoreKind":"NegativeElbo","threshold":0.1,"columns":{"features":"Features","embedding":"Embedding"}}
            """,
            InfoJson.Write(Small.Info with { Threshold = 0.1 }));

    [Fact]
    public void Members_of_a_later_version_are_passed_over()
        => Assert.Equal("Embedding", InfoJson.Read(InfoJson.Write(Small.Info).Insert(1, "\"later\":{\"a\":[1]},")).Columns.Embedding);

    [Fact]
    public void Lists_that_an_earlier_version_did_not_write_are_empty()
    {
        var json = InfoJson.Write(FullInfo)
            .Replace("\"levelDimensions\":[],", "").Replace("\"restarts\":[],", "").Replace(",\"warnings\":[\"w\"]", "");
        Assert.DoesNotContain("restarts", json);
        Assert.DoesNotContain("warnings", json);

        var info = InfoJson.Read(json);

        Assert.Empty(info.LevelDimensions);
        Assert.Empty(info.Training!.Restarts);
        Assert.Empty(info.Training.Warnings);
    }

    [Fact]
    public void The_same_model_has_the_same_bytes_each_time_and_a_fresh_array()
    {
        var model = Small.Model();
        var first = model.ToOnnx(VaeGraph.Scorer);
        var copy = first.ToArray();
        Array.Clear(first);
        Assert.Equal(copy, model.ToOnnx(VaeGraph.Scorer));
    }

    [Fact]
    public void Several_threads_may_use_one_model()
    {
        var model = new RandomNetwork { Norm = true, Scaled = true }.Model();
        var expected = (model.ToOnnx(VaeGraph.Decoder), model.ToPipelineOnnx());
        Parallel.For(0, 100, _ =>
        {
            Assert.Equal(expected.Item1, model.ToOnnx(VaeGraph.Decoder));
            Assert.Equal(expected.Item2, model.ToPipelineOnnx());
        });
    }

    [Fact]
    public void With_keeps_the_weights_and_changes_the_rest()
    {
        var model = Small.Model();
        var other = model.With(model.Info with { Threshold = 3 });
        Assert.Null(model.Info.Threshold);
        Assert.Equal(3, VaeModel.Load(new MemoryStream(other.ToOnnx(VaeGraph.Scorer))).Info.Threshold);
        Assert.Equal(Graph(model), Graph(other));
    }

    [Fact]
    public void Metadata_that_contradicts_the_weights_is_refused()
    {
        var model = Small.Model();
        Assert.Throws<ArgumentException>(() => VaeModel.Create(Small.Network(), Small.Info with { FeatureCount = 3 }));
        Assert.Throws<ArgumentException>(() => model.With(model.Info with { LatentDimension = 2 }));
        Assert.Throws<ArgumentException>(() => model.With(model.Info with { ScoreKind = VaeScoreKind.ReconstructionError }));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        var onnx = Small.Model().ToOnnx(VaeGraph.Scorer);
        for (var length = 0; length < onnx.Length; length++)
            Assert.Throws<InvalidDataException>(() => VaeModel.Load(new MemoryStream(onnx[..length])));
    }

    [Fact]
    public void A_file_with_any_byte_changed_is_refused()
    {
        var model = Small.Model();
        var onnx = model.ToOnnx(VaeGraph.Encoder);
        for (var i = 0; i < onnx.Length; i++)
        {
            var changed = onnx.ToArray();
            changed[i] ^= 0x55;
            Assert.Throws<InvalidDataException>(() => VaeModel.Load(new MemoryStream(changed)));
        }
    }

    [Fact]
    public void Files_by_other_writers_need_no_checksum()
    {
        var file = ModelProto.Parser.ParseFrom(Small.Model().ToOnnx(VaeGraph.Scorer));
        file.MetadataProps.Remove(file.MetadataProps.Single(e => e.Key == MetadataKeys.Checksum));
        file.ProducerName = "somebody";
        Assert.True(VaeModel.Load(new MemoryStream(file.ToByteArray())).IsComplete);
    }

    [Fact]
    public void A_model_of_the_encoder_alone_gives_only_the_encoder()
    {
        var encoder = VaeModel.Load(new MemoryStream(Small.Model().ToOnnx(VaeGraph.Encoder)));
        var error = Assert.Throws<InvalidOperationException>(() => encoder.ToOnnx(VaeGraph.Decoder));
        Assert.Equal(
            "The model was loaded from encoder.onnx alone, so it has no decoder. Load scorer.onnx of the same export.",
            error.Message
        );
        Assert.Throws<InvalidOperationException>(() => encoder.ToOnnx(VaeGraph.Scorer));
        Assert.Throws<ArgumentOutOfRangeException>(() => encoder.ToOnnx((VaeGraph)3));
    }

    [Fact]
    public void TryRead_tells_models_of_this_library_from_others()
    {
        var model = Small.Model();
        Assert.True(VaeModel.TryRead(model.ToOnnx(VaeGraph.Scorer), out _));
        Assert.True(VaeModel.TryRead(model.ToPipelineOnnx(), out _));
        Assert.False(VaeModel.TryRead(model.ToOnnx(VaeGraph.Decoder), out _));
        Assert.False(VaeModel.TryRead(ReadErrorTests.ForeignOnnx("pytorch"), out _));
        Assert.False(VaeModel.TryRead([], out _));
        Assert.False(VaeModel.TryRead([1, 2, 3], out _));
    }

    [Fact]
    public void JSON_that_lacks_a_required_member_is_refused()
        => Assert.Throws<JsonException>(() => InfoJson.Read("{\"featureCount\":2}"));

    private static GraphProto Graph(VaeModel model, VaeGraph graph = VaeGraph.Scorer) =>
        ModelProto.Parser.ParseFrom(model.ToOnnx(graph)).Graph;
}
