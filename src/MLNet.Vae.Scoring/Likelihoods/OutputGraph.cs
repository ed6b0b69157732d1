using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// p(x | z) as nodes, over normalised features; every tensor is <c>[N, features]</c> but for the decoder's output, <c>[N, parameters]</c>. A new likelihood is a class here and a record in
/// <see cref="OutputDistribution"/>.
/// </summary>
internal abstract class OutputGraph
{
    public static OutputGraph Of(OutputDistribution distribution, int features) => distribution switch
    {
        GaussianOutput gaussian => new GaussianOutputGraph([gaussian.LogSigma]),
        GaussianPerFeatureOutput gaussian => new GaussianOutputGraph(gaussian.LogSigma, features),
        GaussianPerRowOutput gaussian => new GaussianPerRowOutputGraph(features, gaussian),
        BernoulliOutput => new BernoulliOutputGraph(),
        CategoricalOutput => new CategoricalOutputGraph(features),
        MixedOutput mixed => new MixedOutputGraph(mixed),
        _ => throw new NotSupportedException($"No ONNX form is written for {distribution.GetType().Name}."),
    };

    private protected static AttributeProto ToSingle => GraphBuilder.Attribute("to", (long)TensorProto.Types.DataType.Float);

    /// <summary>E[x | z] from the decoder's last layer.</summary>
    public abstract string Mean(GraphBuilder graph, string output);

    /// <summary>x ~ p(x | z) from the decoder's last layer and standard normal <paramref name="noise"/>, one value for each feature.</summary>
    public abstract string Draw(GraphBuilder graph, string output, string noise);

    /// <summary>The terms whose sum is <see cref="VaeScoreKind.ReconstructionError"/>.</summary>
    public abstract string ReconstructionError(GraphBuilder graph, string x, string output);

    /// <summary>−ln p(x | z), feature by feature, nats.</summary>
    public abstract string NegativeLogDensity(GraphBuilder graph, string x, string output);
}
