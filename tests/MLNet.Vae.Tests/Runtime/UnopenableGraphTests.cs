using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Kit;

namespace MLNet.Vae.Tests.Runtime;

/// <summary>A graph that ONNX Runtime refuses, whatever was checked before, is told of in the words of this library.</summary>
public class UnopenableGraphTests
{
    [Fact]
    public void What_ONNX_Runtime_refuses_is_refused_in_one_sentence()
    {
        var mlContext = new MLContext();
        var whole = SampleModels.Embedder();
        var graph = ModelProto.Parser.ParseFrom(whole.ToOnnx(VaeGraph.Scorer)).Graph;
        graph.Node[0].OpType = "NoSuchOperator";
        using var transformer = new VaeTransformer(mlContext, VaeModel.Of(graph, whole.Info), new());
        var scored = transformer.Transform(SampleData.View(mlContext, SampleData.Rows(1)));

        var error = Assert.Throws<InvalidDataException>(() => scored.GetColumn<float[]>("Embedding").ToArray());

        Assert.StartsWith(
            "The model's graph cannot be opened: expected one that ONNX Runtime runs, found one that it refuses. Export the model again, "
                + "with this version of the package. Reason: ",
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("NoSuchOperator", error.Message, StringComparison.Ordinal);
        Assert.True(error.Data.Contains(Refusal.Mark));
    }
}
