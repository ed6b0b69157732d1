using Google.Protobuf;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Reading;

namespace MLNet.Vae.Tests.Reading;

/// <summary>The operators that are let through are those that models are written with, no more and no less.</summary>
public class OperatorTests
{
    public static TheoryData<string> Families => [.. FamilyModels.All.Keys];

    [Fact]
    public void Every_operator_that_is_let_through_is_written_by_some_model_and_no_other_is_written()
        => Assert.Equal(Operators.Names.Order(), FamilyModels.All.Values.SelectMany(Written).Distinct().Order());

    [Theory]
    [MemberData(nameof(Families))]
    public void What_is_written_is_read_back(string family)
    {
        var model = FamilyModels.All[family];
        var scorer = model.ToOnnx(VaeGraph.Scorer);

        Assert.Equal(scorer, VaeModel.Load(new MemoryStream(scorer)).ToOnnx(VaeGraph.Scorer));
        Assert.False(VaeModel.Load(new MemoryStream(model.ToOnnx(VaeGraph.Encoder))).IsComplete);
        Assert.True(VaeModel.TryRead(model.ToPipelineOnnx(), out var piped));
        Assert.Equal(scorer, piped.ToOnnx(VaeGraph.Scorer));
    }

    private static IEnumerable<string> Written(VaeModel model)
        => new[] { model.ToOnnx(VaeGraph.Scorer), model.ToPipelineOnnx() }.SelectMany(Nodes).Select(node => node.OpType);

    private static IEnumerable<NodeProto> Nodes(byte[] onnx)
    {
        var file = ModelProto.Parser.ParseFrom(onnx);
        var rest = ModelFile.Metadata(file, MetadataKeys.Rest) ?? "";
        return file.Graph.Node.Concat(GraphProto.Parser.ParseFrom(ByteString.FromBase64(rest)).Node);
    }
}
