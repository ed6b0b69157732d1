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

    public static ValueInfoProto[] Inputs(VaeGraph graph, VaeModelInfo info)
    {
        var first = graph == VaeGraph.Decoder
            ? Rows(TensorNames.Latent, info.LatentDimension)
            : Rows(TensorNames.Features, info.FeatureCount);
        return info.ConditionCount == 0 ? [first] : [first, Rows(TensorNames.Condition, info.ConditionCount)];
    }

    public static ValueInfoProto[] Outputs(VaeGraph graph, VaeModelInfo info)
    {
        var reconstruction = Rows(TensorNames.Reconstruction, info.ReconstructionCount);
        return graph switch
        {
            VaeGraph.Encoder => Posterior(info),
            VaeGraph.Decoder => [reconstruction],
            _ when !info.HasScore => [.. Posterior(info), reconstruction],
            _ => [.. Posterior(info), reconstruction, Rows(TensorNames.Score, 1), Rows(TensorNames.Contributions, info.FeatureCount)],
        };
    }

    private static ValueInfoProto[] Posterior(VaeModelInfo info)
    {
        var outputs = new List<ValueInfoProto> { Rows(TensorNames.Mean, info.LatentDimension) };
        if (info.HasLogSigma)
            outputs.Add(Rows(TensorNames.LogSigma, info.LatentDimension));
        if (info.LatentKind == VaeLatentKind.GaussianMixture)
            outputs.Add(Rows(TensorNames.Component, info.ComponentCount));
        if (info.LatentKind == VaeLatentKind.VectorQuantized)
            outputs.Add(Rows(TensorNames.Codes, info.CodeCount));
        return [.. outputs];
    }

    /// <summary><c>[N, width]</c>, N free.</summary>
    public static ValueInfoProto Rows(string name, int width)
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
