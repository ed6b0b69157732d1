using System.Diagnostics;
using System.IO.Compression;
using Google.Protobuf;
using Microsoft.ML;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Kit;
using static MLNet.Vae.Onnx.Schema.AttributeProto.Types;

namespace MLNet.Vae.Tests.Reading;

/// <summary>
/// A file made to do harm, with a checksum that is right, is refused before anything of it is run: at once, in little memory, and by the
/// one exception whose message names it.
/// </summary>
public sealed class StrangersFileTests : IDisposable
{
    private const long Megabyte = 1 << 20;

    private static readonly VaeModel Model = FamilyModels.All["gaussian"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Weights_in_another_file() => Refused(
        Changed(file => file.Graph.Initializer[0] = ChangedModel.With(
            file.Graph.Initializer[0], 13, new StringStringEntryProto { Key = "location", Value = "etc/passwd" }.ToByteArray())),
        "its tensor holds external data, numbers in another file, which this library does not write");

    [Fact]
    public void Weights_in_another_file_in_what_no_graph_needs() => Refused(
        Changed(
            file => ChangeRest(file, rest => rest.Initializer[0] = ChangedModel.With(rest.Initializer[0], 13, [0])),
            FamilyModels.All["poisson"]),
        "its tensor holds external data");

    [Theory]
    [InlineData(25, "a function of its own")]
    [InlineData(20, "training information")]
    [InlineData(99, "the field 99")]
    public void A_part_that_files_have_not(int field, string what)
    {
        var file = ChangedModel.With(ModelProto.Parser.ParseFrom(Model.ToOnnx(VaeGraph.Scorer)), field, []);
        Refused(ChangedModel.Sealed(file), $"its model holds {what}, which this library does not write");
    }

    [Fact]
    public void A_sparse_initializer() => Refused(
        Changed(file => file.Graph = ChangedModel.With(file.Graph, 15, [])), "its graph holds a sparse initializer");

    [Fact]
    public void A_graph_inside_a_node() => Refused(
        Changed(file => file.Graph.Node[0].Attribute.Add(
            new AttributeProto { Name = "body", Type = AttributeType.Graph, G = new() })),
        "its attribute holds a graph inside a node");

    [Theory]
    [InlineData("Loop", "")]
    [InlineData("If", "")]
    [InlineData("ConstantOfShape", "")]
    [InlineData("Expand", "")]
    [InlineData("Add", "com.microsoft")]
    [InlineData("LabelEncoder", "")]
    [InlineData("", "")]
    public void An_operator_that_models_are_not_written_with(string name, string domain) => Refused(
        Changed(file => file.Graph.Node.Insert(
            0, new NodeProto { Name = "new", OpType = name, Domain = domain, Input = { "features" }, Output = { "new" } })),
        $"its graph runs the operator '{(domain.Length == 0 ? name : $"{domain}.{name}")}', which no model is written with");

    [Fact]
    public void Another_version_of_the_operators() => Refused(
        Changed(file => file.OpsetImport[0].Version = 18), "it is written for version 18 of the operators ''");

    [Fact]
    public void A_chain_that_doubles_what_it_makes() => Refused(
        Changed(file =>
        {
            for (var i = 0; i < 40; i++)
            {
                var before = i == 0 ? TensorNames.Features : $"double{i - 1}";
                file.Graph.Node.Insert(i, Node("Concat", $"double{i}", [before, before], GraphBuilder.Attribute("axis", 1)));
            }
            Replace(file, TensorNames.Features, Node("Slice", "back", ["double39", "from", "to", "axes"]), after: 40);
            file.Graph.Initializer.Add([Numbers("from", 0), Numbers("to", Model.Info.FeatureCount), Numbers("axes", 1)]);
        }),
        "makes more values than the model has a use for");

    [Theory]
    [InlineData(1 << 30)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    public void A_shape_beyond_the_model(long size) => Refused(
        Changed(
            file =>
            {
                foreach (var shape in file.Graph.Initializer.Where(IsShape))
                    shape.RawData = Numbers("", [.. Enumerable.Repeat(size, (int)shape.Dims[0])]).RawData;
            },
            FamilyModels.All["convolutional"]),
        "");

    private static bool IsShape(TensorProto constant) => constant.DataType == (int)TensorProto.Types.DataType.Int64 && constant.Dims[0] > 1;

    [Fact]
    public void A_constant_without_its_bytes() => Refused(
        Changed(file => file.Graph.Initializer[0].Dims[0] = 1L << 40), "has not the bytes of its shape");

    [Fact]
    public void A_graph_that_does_not_run() => Refused(
        Changed(file => file.Graph.Node[^1].Input[0] = "nothing"), "reads 'nothing', which nothing before it makes");

    [Fact]
    public void A_graph_that_gives_something_else() => Refused(
        Changed(file => file.Graph.Node.Single(node => node.Output.Contains(TensorNames.Score)).Attribute.Add(
            GraphBuilder.Attribute("keepdims", 0))),
        "its graph does not make 'score' as its metadata says");

    [Fact]
    public void A_prior_that_the_model_needs_and_its_graphs_have_not() => Refused(
        Changed(
            file => ChangeRest(file, rest =>
            {
                var outputs = rest.Node.Single(node => node.Output.Contains(TensorNames.PriorMean)).Output;
                outputs[outputs.IndexOf(TensorNames.PriorMean)] = "elsewhere";
            }),
            FamilyModels.All["hierarchical"]),
        $"'{TensorNames.PriorMean}'");

    [Fact]
    public void More_messages_than_bytes() => Refused(
        Changed(file => file.OpsetImport.Add(Enumerable.Range(0, 10_000).Select(_ => new OperatorSetIdProto()))),
        "it holds more messages than its bytes can be meant for");

    [Theory]
    [InlineData("gaussian", "\"latentDimension\":3", "\"latentDimension\":20000000")]
    [InlineData("gaussian", "\"latentDimension\":3", "\"latentDimension\":0")]
    [InlineData("gaussian", "\"featureCount\":6", "\"featureCount\":2147483647")]
    [InlineData("gaussian", "\"columns\":{", "\"columns\":null,\"other\":{")]
    [InlineData("gaussian", "\"features\":\"Features\"", "\"features\":null")]
    [InlineData("gaussian", "\"features\":\"Features\"", "\"features\":\"\"")]
    [InlineData("gaussian", "\"embedding\":\"Embedding\"", "\"embedding\":\"Features\"")]
    [InlineData("gaussian", "\"latentKind\":\"Gaussian\"", "\"latentKind\":77")]
    [InlineData("gaussian", "\"latentKind\":\"Gaussian\"", "\"latentKind\":\"VectorQuantized\"")]
    [InlineData("gaussian", "\"featureNames\":[\"f0\"", "\"featureNames\":[null")]
    [InlineData("gaussian", "\"featureNames\":[\"f0\",", "\"featureNames\":[")]
    [InlineData("gaussian", "\"levelDimensions\":[]", "\"levelDimensions\":[1]")]
    [InlineData("gaussian", "\"levelDimensions\":[]", "\"levelDimensions\":null")]
    [InlineData("gaussian", "\"bestEpoch\":1", "\"bestEpoch\":2")]
    [InlineData("gaussian", "\"epochs\":[", "\"epochs\":[null,")]
    [InlineData("gaussian", "\"klPerDimension\":[0,", "\"klPerDimension\":[")]
    [InlineData("gaussian", "\"beta\":1,", "")]
    [InlineData("gaussian", "\"bestEpoch\":1,", "\"bestEpoch\":1,\"finalValidationElbo\":1,")]
    [InlineData("gaussian", "\"bestEpoch\":1,", "\"bestEpoch\":1,\"finalValidationElbo\":1,\"finalValidationStandardError\":-1,")]
    [InlineData("gaussian", "\"threshold\":1.5", "\"threshold\":\"NaN\"")]
    [InlineData("quantized", "\"codebookSize\":5", "\"codebookSize\":65536")]
    [InlineData("quantized", "\"codebookSize\":5", "\"codebookSize\":2000000000")]
    [InlineData("quantized", "\"codeCount\":3", "\"codeCount\":0")]
    [InlineData("quantized", "\"codeCount\":3", "\"codeCount\":4")]
    [InlineData("mixture", "\"componentCount\":3", "\"componentCount\":2")]
    [InlineData("mixture", "\"mean\":[4,", "\"mean\":[")]
    [InlineData("mixture", "\"components\":[{", "\"components\":[null,{")]
    [InlineData("hierarchical", "\"levelDimensions\":[2,1]", "\"levelDimensions\":[2,2]")]
    [InlineData("conditional", "\"conditionCount\":3", "\"conditionCount\":0")]
    [InlineData("conditional", "\"conditionKind\":\"Key\"", "\"conditionKind\":\"Boolean\"")]
    [InlineData("convolutional", "\"height\":4", "\"height\":5")]
    [InlineData("convolutional", "\"height\":4,\"width\":4", "\"height\":1073741824,\"width\":1073741824")]
    [InlineData("target", "\"targetCount\":2", "\"targetCount\":-2")]
    [InlineData("student-t", "\"drawNoiseCount\":12", "\"drawNoiseCount\":2000000000")]
    public void Metadata_of_a_model_that_there_cannot_be(string family, string written, string changed)
        => Refused(WithMetadata(family, written, changed), "");

    [Theory]
    [InlineData("gaussian", "\"threshold\":1.5,", "", "holds predicted labels, but the model has no threshold")]
    [InlineData("conditional", "\"condition\":\"Colour\",", "", "This model is conditional")]
    public void Metadata_of_columns_that_the_model_cannot_give(string family, string written, string changed, string fault)
    {
        var path = _directory.File("stranger.onnx");
        File.WriteAllBytes(path, WithMetadata(family, written, changed));
        var error = Assert.Throws<InvalidDataException>(() => VaeTransformer.From(new MLContext(), path));
        Assert.StartsWith($"\"{path}\" describes a model that cannot score: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_unpacks_to_more_than_it_can_be_meant_for()
    {
        RefusedFile(
            Archive(("Transform_000/OnnxModel", Zeros)),
            "'Transform_000/OnnxModel' says that it unpacks to 67108864 bytes, more than 20 times the archive");

        static void Zeros(Stream stream)
        {
            var zeros = new byte[Megabyte];
            for (var i = 0; i < 64; i++)
                stream.Write(zeros);
        }
    }

    [Fact]
    public void An_archive_that_lies_about_its_lengths() => RefusedFile(
        Archive(("OnnxModel", stream => stream.Write([.. BitConverter.GetBytes(int.MaxValue), .. new byte[100]]))),
        "'OnnxModel': 100 bytes instead of 2147483647");

    [Fact]
    public void An_archive_of_more_entries_than_any_pipeline()
    {
        var path = Archive([.. Enumerable.Range(0, 60_000).Select(i => ($"{i:D6}{new string('x', 64)}", (Action<Stream>)(_ => { })))]);
        RefusedFile(path, "Its list of entries is longer than that of any pipeline");
    }

    [Theory]
    [InlineData("../OnnxModel")]
    [InlineData("/OnnxModel")]
    [InlineData("a/../../OnnxModel")]
    [InlineData("..\\OnnxModel")]
    public void An_archive_whose_names_lead_out_of_it(string name)
        => RefusedFile(Archive((name, stream => stream.Write([1, 0, 0, 0, 1]))), "An entry's name leads out of the archive");

    [Fact]
    public void What_a_model_zip_holds_is_checked_as_a_file_is()
    {
        var path = _directory.File("model.zip");
        var changed = ChangedModel.Of(Model.ToPipelineOnnx(), file => file.Graph.Node[0].OpType = "Loop");
        File.WriteAllBytes(path, Pack(changed));
        RefusedFile(path, "its graph runs the operator 'Loop'");
    }

    private static byte[] Pack(byte[] onnx)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("TransformerChain/Transform_000/OnnxModel").Open();
            entry.Write(BitConverter.GetBytes(onnx.Length));
            entry.Write(onnx);
        }
        return file.ToArray();
    }

    private string Archive(params (string Name, Action<Stream> Content)[] entries)
    {
        var path = _directory.File("model.zip");
        using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = archive.CreateEntry(name).Open();
            content(entry);
        }
        return path;
    }

    private static byte[] WithMetadata(string family, string written, string changed) => Changed(
        file =>
        {
            var entry = ChangedModel.Entry(file, MetadataKeys.Model);
            Assert.Contains(written, entry.Value, StringComparison.Ordinal);
            entry.Value = entry.Value.Replace(written, changed, StringComparison.Ordinal);
        },
        FamilyModels.All[family]);

    private static byte[] Changed(Action<ModelProto> change, VaeModel? model = null)
        => ChangedModel.Of((model ?? Model).ToOnnx(VaeGraph.Scorer), change);

    private static void ChangeRest(ModelProto file, Action<GraphProto> change)
    {
        var entry = ChangedModel.Entry(file, MetadataKeys.Rest);
        var rest = GraphProto.Parser.ParseFrom(ByteString.FromBase64(entry.Value));
        change(rest);
        entry.Value = rest.ToByteString().ToBase64();
    }

    private static NodeProto Node(string operation, string output, string[] inputs, params AttributeProto[] attributes)
        => new() { Name = output, OpType = operation, Input = { inputs }, Output = { output }, Attribute = { attributes } };

    /// <summary>Puts a node where a tensor was read, behind so many nodes.</summary>
    private static void Replace(ModelProto file, string tensor, NodeProto node, int after)
    {
        foreach (var reader in file.Graph.Node.Skip(after))
        {
            for (var i = 0; i < reader.Input.Count; i++)
            {
                if (reader.Input[i] == tensor)
                    reader.Input[i] = node.Output[0];
            }
        }
        file.Graph.Node.Insert(after, node);
    }

    private static TensorProto Numbers(string name, params long[] values)
    {
        var graph = new GraphBuilder();
        graph.Indices(name, values);
        return graph.Build().Initializer[0];
    }

    private void Refused(byte[] onnx, string fault)
    {
        var path = _directory.File("stranger.onnx");
        File.WriteAllBytes(path, onnx);
        RefusedFile(path, fault);
    }

    /// <summary>By either way in, at once, and in little memory beside the file.</summary>
    private static void RefusedFile(string path, string fault)
    {
        var mlContext = new MLContext();
        foreach (var open in new Action[] { () => VaeTransformer.From(mlContext, path), () => VaeGenerator.From(path).Dispose() })
        {
            var (watch, before) = (Stopwatch.StartNew(), GC.GetAllocatedBytesForCurrentThread());
            var exception = Record.Exception(open);
            var (elapsed, allocated) = (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);

            Assert.IsType<InvalidDataException>(exception);
            Assert.Contains(path, exception.Message, StringComparison.Ordinal);
            Assert.Contains(fault, exception.Message, StringComparison.Ordinal);
            Assert.InRange(allocated, 0, (64 * Megabyte) + (4 * new FileInfo(path).Length));
            Assert.InRange(elapsed.TotalSeconds, 0, 5);
        }
    }
}
