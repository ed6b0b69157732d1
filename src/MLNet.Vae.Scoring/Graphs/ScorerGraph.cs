using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>
/// Writes the whole model as one graph: the scorer, and what is computed on other occasions. Whatever runs is cut out of it
/// (<see cref="GraphCut"/>), because ONNX Runtime runs every node of a graph. A score that overflows is ∞, and only that of a row which
/// holds NaN or infinity is NaN.
/// </summary>
internal static class ScorerGraph
{
    public static GraphProto Write(TrainedVae network, VaeModelInfo info)
    {
        network = network with { Distribution = network.Distribution.Over(network.OutputScaling.Changes) };
        var graph = new GraphBuilder();
        var latent = network.Latent;

        if (network.ConditionScaling is { } conditionScaling)
            graph.Scale(TensorNames.NormalisedCondition, TensorNames.Condition, conditionScaling, TensorNames.Condition);
        var x = Scaled(graph, "normalised", network.Scaling, TensorNames.Features);
        latent.Encode(graph, graph.Layers("encoder", network.Encoder, x));
        var z = graph.Node("Identity", TensorNames.Latent, TensorNames.Mean);
        latent.WritePrior(graph);
        var output = graph.Layers("decoder", network.Decoder, latent.Decoded(graph, z));
        graph.Unscale(TensorNames.Reconstruction, network.OutputScaling, network.Distribution.Mean(graph, network.OutputCount, output));
        if (network.TargetScaling is null)
        {
            if (network.LikelihoodScaling is { } likelihoodScaling)
                x = Scaled(graph, "likelihood.features", likelihoodScaling, "likelihood");
            Score(graph, network, info.ScoreKind, x, output);
            ImportanceGraph.Write(graph, network, x);
        }
        DrawGraph.Write(graph, network, output);

        return GraphCut.InOrder(graph.Build(), info);
    }

    private static string Scaled(GraphBuilder graph, string name, FeatureScaling scaling, string constants)
        => scaling.IsIdentity ? TensorNames.Features : graph.Scale(name, TensorNames.Features, scaling, constants);

    /// <summary>Contributions <c>[N, D]</c> and their sum, the score <c>[N, 1]</c>.</summary>
    private static void Score(GraphBuilder graph, TrainedVae network, VaeScoreKind kind, string x, string output)
    {
        var (distribution, features) = (network.Distribution, network.FeatureCount);
        var terms = kind switch
        {
            VaeScoreKind.ReconstructionError => distribution.ReconstructionError(graph, features, x, output),
            VaeScoreKind.NegativeElbo => WithKl(graph, network, distribution.NegativeLogDensity(graph, features, x, output)),
            VaeScoreKind.NegativeLogLikelihood => SampledScore.Write(graph, network, x),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        var unknown = graph.ToUnknown("features", TensorNames.Features);
        if (network.ConditionScaling is not null)
            unknown = graph.Node("Add", "inputs.unknown", unknown, graph.ToUnknown("condition", TensorNames.Condition));
        graph.Node("Add", TensorNames.Contributions, graph.NaNTo("terms.finite_or_not", terms, float.PositiveInfinity), unknown);
        graph.Node("ReduceSum", TensorNames.Score, TensorNames.Contributions, graph.Indices("score.axes", 1));
    }

    /// <summary>The KL term of each row, where there is one, in equal shares.</summary>
    private static string WithKl(GraphBuilder graph, TrainedVae network, string terms)
    {
        if (network.Latent.Kl(graph) is not { } kl)
            return terms;
        return graph.Node("Add", "terms", terms, graph.Node("Div", "kl_share", kl, graph.Constant("feature_count", network.FeatureCount)));
    }
}
