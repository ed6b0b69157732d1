using MLNet.Vae.Architectures;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>
/// Writes the whole model as one graph: the scorer, and what is computed on other occasions. Whatever runs is cut out of it
/// (<see cref="GraphCut"/>), because ONNX Runtime runs every node of a graph.
/// </summary>
internal static class ScorerGraph
{
    public static GraphProto Write(TrainedVae network, VaeModelInfo info)
    {
        var graph = new GraphBuilder();
        var latent = LatentGraph.Of(network.Latent);
        var likelihood = OutputGraph.Of(network.Distribution, network.TargetCount);
        var targetScaling = network.TargetScaling ?? network.Scaling;

        if (network.ConditionScaling is { } conditionScaling)
            Normalise(graph, TensorNames.NormalisedCondition, TensorNames.Condition, conditionScaling);
        var x = network.Scaling.IsIdentity ? TensorNames.Features : Normalise(graph, "normalised", TensorNames.Features, network.Scaling);
        latent.Encode(graph, graph.Layers("encoder", network.Encoder, x));
        var z = graph.Node("Identity", TensorNames.Latent, TensorNames.Mean);
        latent.Prior(graph);
        var output = graph.Layers("decoder", network.Decoder, latent.Decoded(graph, z));
        Denormalise(graph, TensorNames.Reconstruction, targetScaling, likelihood.Mean(graph, output));
        if (network.TargetScaling is null)
        {
            Score(graph, network.FeatureCount, latent, likelihood, info.ScoreKind, x, output);
            ImportanceGraph.Write(graph, network, latent, likelihood, x);
        }
        DrawGraph.Write(graph, targetScaling, likelihood, output);

        return GraphCut.InOrder(graph.Build(), info);
    }

    /// <summary>(values − offset) / scale.</summary>
    private static string Normalise(GraphBuilder graph, string name, string values, FeatureScaling scaling)
    {
        if (scaling.IsIdentity)
            return graph.Node("Identity", name, values);
        var offset = graph.Constant($"{values}.offset", scaling.Offset, scaling.FeatureCount);
        var scale = graph.Constant($"{values}.scale", scaling.Scale, scaling.FeatureCount);
        return graph.Node("Div", name, graph.Node("Sub", $"{values}.centred", values, offset), scale);
    }

    /// <summary>values · scale + offset, <c>[N, D]</c>.</summary>
    public static void Denormalise(GraphBuilder graph, string name, FeatureScaling scaling, string values)
    {
        if (scaling.IsIdentity)
        {
            graph.Node("Identity", name, values);
            return;
        }
        var offset = graph.Constant("reconstruction.offset", scaling.Offset, scaling.FeatureCount);
        var scale = graph.Constant("reconstruction.scale", scaling.Scale, scaling.FeatureCount);
        graph.Node("Add", name, graph.Node("Mul", $"{name}.centred", values, scale), offset);
    }

    /// <summary>Contributions <c>[N, D]</c> and their sum, the score <c>[N, 1]</c>.</summary>
    private static void Score(
        GraphBuilder graph, int featureCount, LatentGraph latent, OutputGraph likelihood, VaeScoreKind kind, string x, string output)
    {
        if (kind == VaeScoreKind.ReconstructionError)
        {
            graph.Node("Identity", TensorNames.Contributions, likelihood.ReconstructionError(graph, x, output));
        }
        else if (latent.Kl(graph) is { } kl)
        {
            var share = graph.Node("Div", "kl_share", kl, graph.Constant("feature_count", featureCount));
            graph.Node("Add", TensorNames.Contributions, likelihood.NegativeLogDensity(graph, x, output), share);
        }
        else
        {
            graph.Node("Identity", TensorNames.Contributions, likelihood.NegativeLogDensity(graph, x, output));
        }
        graph.Node("ReduceSum", TensorNames.Score, TensorNames.Contributions, graph.Indices("score.axes", 1));
    }
}
