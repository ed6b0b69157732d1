using MLNet.Vae.Networks;

namespace MLNet.Vae.Onnx;

/// <summary>
/// Levels of Gaussians, each the prior of the one below, with the inference of a ladder (Sønderby et al. 2016): each level's own estimate
/// of z, made on the way up, is combined with its prior on the way down. Level numbers count from 1, the level that the decoder reads.
/// </summary>
internal sealed class HierarchicalLatentGraph(HierarchicalCode latent) : LatentGraph
{
    /// <summary>Mean and log σ, <c>[rows, latent of the level]</c>.</summary>
    private readonly record struct Normal(string Mean, string LogSigma);

    public override void Encode(GraphBuilder graph, string hidden)
    {
        var levels = latent.Levels;
        var (means, logSigmas) = (new string[levels.Count], new string[levels.Count]);
        for (var l = 0; l < levels.Count; l++)
            hidden = Estimate(graph, l, hidden);
        for (var l = levels.Count - 1; l >= 0; l--)
        {
            var posterior = Posterior(graph, l, OfEstimate(l), l == levels.Count - 1 ? null : Prior(graph, l, means[l + 1]));
            (means[l], logSigmas[l]) = posterior;
        }
        Concat(graph, TensorNames.Mean, means);
        Concat(graph, TensorNames.LogSigma, logSigmas);
    }
}
