using MLNet.Vae.Latents;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Graphs;

/// <summary>Names, types and shapes of what goes into each graph and comes out.</summary>
internal static class GraphInterface
{
    public const string Encoder = "encoder", Decoder = "decoder", Scorer = "scorer";

    /// <summary>Not exported by itself: the log-likelihood runs it, see <see cref="ImportanceGraph"/>.</summary>
    public const string Importance = "importance";

    /// <summary>Not exported by itself: the log-likelihood by plain Monte Carlo runs it, see <see cref="DensityGraph"/>.</summary>
    public const string Density = "density";

    /// <summary>Not exported by itself: z → mean and log σ of a learned prior, level by level where there are several.</summary>
    public const string Prior = "prior";

    /// <summary>Not exported by itself: z and noise → a row drawn from p(x | z), see <see cref="DrawGraph"/>.</summary>
    public const string Draw = "draw";

    /// <summary>Not exported by itself: one step of a prior over codes, see <see cref="CodePriorNetwork"/>.</summary>
    public const string CodePrior = "code_prior";

    /// <summary>Not exported by itself: z and what is known of a row of a table → logits, see <see cref="MaskedNetwork"/>.</summary>
    public const string RowSampler = "row_sampler";

    public static string NameOf(VaeGraph graph) => graph switch
    {
        VaeGraph.Encoder => Encoder,
        VaeGraph.Decoder => Decoder,
        VaeGraph.Scorer => Scorer,
        _ => throw new ArgumentOutOfRangeException(nameof(graph), graph, "Expected Encoder, Decoder or Scorer."),
    };

    public static ValueInfoProto[] Inputs(string graph, VaeModelInfo info)
    {
        var first = graph switch
        {
            Decoder or Prior or Draw or RowSampler => Rows(TensorNames.Latent, info.LatentDimension),
            CodePrior => Rows(TensorNames.CodePriorInput, CodePriorLayout.Of(info).InputWidth),
            _ => Rows(TensorNames.Features, info.FeatureCount),
        };
        ValueInfoProto[] given = info.ConditionCount == 0 ? [first] : [first, Rows(TensorNames.Condition, info.ConditionCount)];
        return graph switch
        {
            Importance => [.. given, Samples(TensorNames.Noise, info.LatentDimension), Repeats()],
            Density => [.. given, Samples(TensorNames.ProposedCode, info.LatentDimension), Repeats()],
            Draw => [.. given, Rows(TensorNames.OutputNoise, info.NoiseCount)],
            RowSampler => [first, Rows(TensorNames.RowSamplerInput, Codes(info).InputCount)],
            CodePrior => [.. given, Rows(TensorNames.CodePriorMemory, info.CodePrior?.Units ?? 0)],
            _ => given,
        };
    }

    public static ValueInfoProto[] Outputs(string graph, VaeModelInfo info)
    {
        var reconstruction = Rows(TensorNames.Reconstruction, info.ReconstructionCount);
        return graph switch
        {
            Encoder => Posterior(info),
            Decoder => [reconstruction],
            Prior => [Rows(TensorNames.PriorMean, info.LatentDimension), Rows(TensorNames.PriorLogSigma, info.LatentDimension)],
            Importance => [Samples(TensorNames.LogWeight, 1)],
            Density => [Samples(TensorNames.LogDensity, 1)],
            RowSampler => [Rows(TensorNames.RowSamplerLogits, Codes(info).LogitCount)],
            Draw => [Rows(TensorNames.Draw, info.ReconstructionCount)],
            CodePrior =>
            [
                Rows(TensorNames.CodePriorLogits, info.CodebookSize),
                Rows(TensorNames.CodePriorNextMemory, info.CodePrior?.Units ?? 0),
            ],
            _ when !info.HasScore => [.. Posterior(info), reconstruction],
            _ => [.. Posterior(info), reconstruction, Rows(TensorNames.Score, 1), Rows(TensorNames.Contributions, info.FeatureCount)],
        };
    }

    private static RowCodes Codes(VaeModelInfo info)
        => new(info.Table ?? throw new InvalidOperationException("The model is none of a table."));

    private static ValueInfoProto[] Posterior(VaeModelInfo info)
        => [.. info.Latent.Outputs(info).Select(output => Rows(output.Tensor, output.Width))];

    /// <summary><c>[N, width]</c>, N free.</summary>
    public static ValueInfoProto Rows(string name, int width) => Free(name, TensorNames.Rows, width);

    /// <summary><c>[S·N, width]</c>, both free.</summary>
    private static ValueInfoProto Samples(string name, int width) => Free(name, TensorNames.Samples, width);

    /// <summary>(S, 1), <c>[2]</c>.</summary>
    private static ValueInfoProto Repeats() => Tensor(TensorNames.Repeats, TensorProto.Types.DataType.Int64, Size(2));

    private static ValueInfoProto Free(string name, string rows, int width)
        => Tensor(name, TensorProto.Types.DataType.Float, new TensorShapeProto.Types.Dimension { DimParam = rows }, Size(width));

    /// <summary>A float32 tensor of a known shape.</summary>
    public static ValueInfoProto Fixed(string name, params int[] shape)
        => Tensor(name, TensorProto.Types.DataType.Float, [.. shape.Select(Size)]);

    private static TensorShapeProto.Types.Dimension Size(int value) => new() { DimValue = value };

    private static ValueInfoProto Tensor(string name, TensorProto.Types.DataType type, params TensorShapeProto.Types.Dimension[] shape)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = new TensorShapeProto { Dim = { shape } } };
        return new() { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
