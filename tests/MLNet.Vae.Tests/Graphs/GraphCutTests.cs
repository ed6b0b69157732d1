using MLNet.Vae.Modules;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tests.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace MLNet.Vae.Tests.Graphs;

/// <summary>Encoder and decoder are parts of the scorer, and all three keep the contract of onnx/README.md.</summary>
public class GraphCutTests
{
    public static TheoryData<int> RowCounts => [0, 1, 7, 1000];

    [Theory]
    [MemberData(nameof(RowCounts))]
    public void Encoder_and_decoder_together_give_the_scorer_s_values_bit_for_bit(int rowCount)
    {
        var kind = new RandomNetwork { Norm = true, Scaled = true };
        var model = kind.Model();
        using var encoder = new OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var rows = kind.Rows(rowCount);

        var whole = scorer.Run(rows, kind.Features);
        var posterior = encoder.Run(rows, kind.Features);
        var reconstruction = decoder.Run(posterior["mean"], kind.Latents);

        Assert.Equal(rowCount, whole["score"].Length);
        Assert.Equal(whole["mean"], posterior["mean"]);
        Assert.Equal(whole["log_sigma"], posterior["log_sigma"]);
        Assert.Equal(whole["reconstruction"], reconstruction["reconstruction"]);
    }

    [Fact]
    public void A_row_does_not_depend_on_the_rows_beside_it()
    {
        var kind = new RandomNetwork();
        using var scorer = new OnnxRunner(kind.Model().ToOnnx(VaeGraph.Scorer));
        var rows = kind.Rows(33);

        var together = scorer.Run(rows, kind.Features)["score"];
        var alone = rows.Select(r => scorer.Run([r], kind.Features)["score"][0]).ToArray();

        for (var r = 0; r < rows.Length; r++)
            Near.Equal([together[r][0]], alone[r], $"row {r}");
    }

    [Theory]
    [InlineData(VaeGraph.Encoder, "features[N,6]", "mean[N,3] log_sigma[N,3]")]
    [InlineData(VaeGraph.Decoder, "z[N,3]", "reconstruction[N,6]")]
    [InlineData(VaeGraph.Scorer, "features[N,6]", "mean[N,3] log_sigma[N,3] reconstruction[N,6] score[N,1] contributions[N,6]")]
    public void Inputs_and_outputs_are_those_of_the_contract(VaeGraph graph, string inputs, string outputs)
    {
        using var runner = new OnnxRunner(new RandomNetwork().Model().ToOnnx(graph));

        Assert.Equal(inputs, Describe(runner.Session.InputNames, runner.Session.InputMetadata));
        Assert.Equal(outputs, Describe(runner.Session.OutputNames, runner.Session.OutputMetadata));
    }

    [Theory]
    [InlineData(VaeGraph.Encoder)]
    [InlineData(VaeGraph.Decoder)]
    [InlineData(VaeGraph.Scorer)]
    public void The_file_is_opset_17_of_ONNX_alone_with_every_name_used_once(VaeGraph graph)
    {
        var model = ModelProto.Parser.ParseFrom(new RandomNetwork { Norm = true, Scaled = true }.Model().ToOnnx(graph));

        Assert.Equal(8, model.IrVersion);
        Assert.Equal("MLNet.Vae", model.ProducerName);
        Assert.Equal([new OperatorSetIdProto { Domain = "", Version = 17 }], model.OpsetImport);
        string[] made =
        [
            .. model.Graph.Node.SelectMany(n => n.Output),
            .. model.Graph.Initializer.Select(i => i.Name),
            .. model.Graph.Input.Select(i => i.Name),
        ];
        string[] used = [.. model.Graph.Node.SelectMany(n => n.Input), .. model.Graph.Output.Select(o => o.Name)];
        Assert.Equal(made.Distinct(), made);
        Assert.Equal(made.Order(), used.Distinct().Order());
    }

    private static string Describe(IEnumerable<string> names, IReadOnlyDictionary<string, NodeMetadata> tensors)
        => string.Join(' ', names.Select(n => $"{n}[{string.Join(',', Shape(tensors[n]))}]"));

    private static IEnumerable<string> Shape(NodeMetadata tensor)
        => tensor.Dimensions.Zip(tensor.SymbolicDimensions, (size, symbol) => symbol.Length > 0 ? symbol : $"{size}");
}
