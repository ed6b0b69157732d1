using Google.Protobuf;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Reading;

/// <summary>The exact text of every refusal to load.</summary>
public class ReadErrorTests
{
    private const string Expected = "The stream: expected an ONNX file exported by MLNet.Vae (scorer.onnx or encoder.onnx), ";

    private static readonly VaeModel Model = new RandomNetwork { Hidden = [] }.Model();

    internal static byte[] ForeignOnnx(string producer) => new ModelProto
    {
        IrVersion = 8,
        ProducerName = producer,
        Graph = new GraphProto { Name = "g" },
        OpsetImport = { new OperatorSetIdProto { Version = 17 } },
    }.ToByteArray();

    [Fact]
    public void Nothing() => Refused([], "found nothing in it. Copy it again or export the model again.");

    [Fact]
    public void A_zip() => Refused(
        [.. "PK\u0003\u0004"u8, 0, 0],
        "found a zip archive. Open a saved pipeline (model.zip) by its path, with VaeTransformer.From(mlContext, path) or "
            + "VaeModel.Load(path).");

    [Fact]
    public void Half_a_file() =>
        Refused(
            Model.ToOnnx(VaeGraph.Scorer)[..100],
            "found 100 bytes that are no complete ONNX model. It is truncated, damaged or of another kind; copy it again or export the "
            + "model again."
        );

    [Fact]
    public void Text() =>
        Refused(
            "a,b\n1,2\n"u8.ToArray(),
            "found 8 bytes that are no complete ONNX model. It is truncated, damaged or of another kind; copy it again or export the "
            + "model again."
        );

    [Fact]
    public void A_file_whose_metadata_is_cut_off() =>
        Refused(
            Model.ToOnnx(VaeGraph.Scorer)[..^(MetadataLength(Model, MetadataKeys.Model))],
            "found one that was truncated, damaged or changed by another tool: its metadata is incomplete. Copy it again or export the "
            + "model again."
        );

    [Fact]
    public void A_changed_weight() =>
        Refused(
            Changed(m => m.Graph.Initializer[0].RawData = ByteString.CopyFrom(new byte[m.Graph.Initializer[0].RawData.Length])),
            "found one that was truncated, damaged or changed by another tool: its checksum does not match. Copy it again or export the "
            + "model again."
        );

    [Fact]
    public void No_checksum() =>
        Refused(
            Changed(m => m.MetadataProps.Remove(Entry(m, MetadataKeys.Checksum))),
            "found one that was truncated, damaged or changed by another tool: its checksum is missing. Copy it again or export the model "
            + "again."
        );

    [Fact]
    public void Metadata_that_is_no_JSON() =>
        Refused(
            Changed(m => Entry(m, MetadataKeys.Model).Value = "{", reseal: true),
            "found one that was truncated, damaged or changed by another tool: its metadata 'mlnetvae.model' cannot be read. Copy it "
            + "again or export the model again."
        );

    [Fact]
    public void Metadata_of_another_graph() =>
        Refused(
            Changed(m => Entry(m, MetadataKeys.Model).Value = InfoJson.Write(Model.Info with { FeatureCount = 7 }), reseal: true),
            "found one that was truncated, damaged or changed by another tool: the inputs and outputs of its graph are not those its "
            + "metadata names. Copy it again or export the model again."
        );

    [Fact]
    public void Another_producer_s_model() => Refused(
        ForeignOnnx("pytorch"),
        "found an ONNX model of 'pytorch'. Run it with ONNX Runtime, or in a pipeline with mlContext.Transforms.ApplyOnnxModel.");

    [Fact]
    public void Nobody_s_model() => Refused(
        ForeignOnnx(""),
        "found an ONNX model of an unnamed producer. Run it with ONNX Runtime, or in a pipeline with mlContext.Transforms.ApplyOnnxModel.");

    [Fact]
    public void The_decoder() => Refused(
        Model.ToOnnx(VaeGraph.Decoder),
        "found a decoder, which makes rows from latent points but cannot embed or score any. Load scorer.onnx of the same export.");

    [Fact]
    public void A_later_format()
    {
        var later = Changed(m => Entry(m, MetadataKeys.Format).Value = "2");
        const string Message =
            "expected format version 1 or lower, found 2. Update the package MLNet.Vae.Scoring, or export the model with this version of "
            + "it.";
        Assert.Equal("The stream: " + Message, Assert.Throws<InvalidDataException>(() => VaeModel.Load(new MemoryStream(later))).Message);
        Assert.Equal(
            "The ONNX model in the pipeline: " + Message,
            Assert.Throws<InvalidDataException>(() => VaeModel.TryRead(later, out _)).Message
        );
    }

    [Fact]
    public void A_pipeline_whose_left_out_part_is_damaged() =>
        Refused(
            Changed(m => Entry(m, MetadataKeys.Rest).Value = "*", reseal: true, Model.ToPipelineOnnx()),
            "found one that was truncated, damaged or changed by another tool: its metadata 'mlnetvae.rest' cannot be read. Copy it again "
            + "or export the model again."
        );

    [Fact]
    public void A_path_is_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            var error = Assert.Throws<InvalidDataException>(() => VaeModel.Load(path));
            Assert.StartsWith($"'{path}': expected", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void No_such_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "scorer.onnx");
        var error = Assert.Throws<FileNotFoundException>(() => VaeModel.Load(path));
        Assert.Equal(
            $"'{path}': expected an ONNX file exported by MLNet.Vae (scorer.onnx or encoder.onnx), found no such file. "
                + "Check the path; ExportOnnx writes scorer.onnx into the directory it is given.",
            error.Message);
        Assert.Equal(path, error.FileName);
        Assert.Throws<FileNotFoundException>(() => VaeModel.Load(Path.GetTempPath()));
    }

    [Fact]
    public void No_path_or_stream()
    {
        Assert.Throws<ArgumentNullException>(() => VaeModel.Load((string)null!));
        Assert.Throws<ArgumentException>(() => VaeModel.Load(" "));
        Assert.Throws<ArgumentNullException>(() => VaeModel.Load((Stream)null!));
    }

    private static void Refused(byte[] onnx, string message)
        => Assert.Equal(Expected + message, Assert.Throws<InvalidDataException>(() => VaeModel.Load(new MemoryStream(onnx))).Message);

    private static byte[] Changed(Action<ModelProto> change, bool reseal = false, byte[]? onnx = null)
    {
        var file = ModelProto.Parser.ParseFrom(onnx ?? Model.ToOnnx(VaeGraph.Scorer));
        change(file);
        if (reseal)
        {
            file.MetadataProps.Remove(Entry(file, MetadataKeys.Checksum));
            ModelFile.Seal(file);
        }
        return file.ToByteArray();
    }

    private static StringStringEntryProto Entry(ModelProto file, string key) => file.MetadataProps.Single(e => e.Key == key);

    /// <summary>Bytes of an entry of the file, which come last.</summary>
    private static int MetadataLength(VaeModel model, string key)
    {
        var file = ModelProto.Parser.ParseFrom(model.ToOnnx(VaeGraph.Scorer));
        var whole = file.CalculateSize();
        file.MetadataProps.Remove(Entry(file, key));
        return whole - file.CalculateSize();
    }
}
