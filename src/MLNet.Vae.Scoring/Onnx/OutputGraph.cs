using MLNet.Vae.Networks;

namespace MLNet.Vae.Onnx;

/// <summary>
/// p(x | z) as nodes, over normalised features; every tensor is <c>[N, features]</c>. A new likelihood is a class here and a record in
/// <see cref="OutputDistribution"/>.
/// </summary>
internal abstract class OutputGraph
{
    public static OutputGraph Of(OutputDistribution distribution) => distribution switch
    {
        GaussianOutput gaussian => new GaussianOutputGraph(gaussian.LogSigma),
        BernoulliOutput => new BernoulliOutputGraph(),
        _ => throw new NotSupportedException($"No ONNX form is written for {distribution.GetType().Name}."),
    };

    /// <summary>E[x | z] from the decoder's last layer.</summary>
    public abstract string Mean(GraphBuilder graph, string output);

    /// <summary>The terms whose sum is <see cref="VaeScoreKind.ReconstructionError"/>.</summary>
    public abstract string ReconstructionError(GraphBuilder graph, string x, string output);

    /// <summary>−ln p(x | z), feature by feature, nats.</summary>
    public abstract string NegativeLogDensity(GraphBuilder graph, string x, string output);
}
