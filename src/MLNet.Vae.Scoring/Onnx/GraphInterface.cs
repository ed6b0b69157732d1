using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Onnx;

/// <summary>Names, types and shapes of what goes into each graph and comes out.</summary>
internal static class GraphInterface
{
    public static string NameOf(VaeGraph graph) => graph switch
    {
        VaeGraph.Encoder => "encoder",
        VaeGraph.Decoder => "decoder",
        VaeGraph.Scorer => "scorer",
        _ => throw new ArgumentOutOfRangeException(nameof(graph), graph, "Expected Encoder, Decoder or Scorer."),
    };

    public static ValueInfoProto[] Inputs(VaeGraph graph, int featureCount, int latentDimension)
        => graph == VaeGraph.Decoder
            ? [Rows(TensorNames.Latent, latentDimension)]
            : [Rows(TensorNames.Features, featureCount)];

    public static ValueInfoProto[] Outputs(VaeGraph graph, int featureCount, int latentDimension)
    {
        ValueInfoProto[] posterior = [Rows(TensorNames.Mean, latentDimension), Rows(TensorNames.LogSigma, latentDimension)];
        var reconstruction = Rows(TensorNames.Reconstruction, featureCount);
        return graph switch
        {
            VaeGraph.Encoder => posterior,
            VaeGraph.Decoder => [reconstruction],
            _ => [.. posterior, reconstruction, Rows(TensorNames.Score, 1), Rows(TensorNames.Contributions, featureCount)],
        };
    }

    /// <summary><c>[N, width]</c>, N free.</summary>
    private static ValueInfoProto Rows(string name, int width)
        => Tensor(name, new TensorShapeProto.Types.Dimension { DimParam = TensorNames.Rows }, Size(width));

    /// <summary>A float32 tensor of a known shape.</summary>
    public static ValueInfoProto Fixed(string name, params int[] shape) => Tensor(name, [.. shape.Select(Size)]);

    private static TensorShapeProto.Types.Dimension Size(int value) => new() { DimValue = value };

    private static ValueInfoProto Tensor(string name, params TensorShapeProto.Types.Dimension[] shape) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = new TensorShapeProto { Dim = { shape } },
            },
        },
    };
}
