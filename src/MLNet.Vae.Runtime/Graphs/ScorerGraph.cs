using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Graphs;

/// <summary>
/// Writes the whole model as one graph: the scorer, and what is computed on other occasions. Whatever runs is cut out of it
/// (<see cref="GraphCut"/>), because ONNX Runtime runs every node of a graph. A score that overflows is ∞, and only that of a row which
/// holds infinity, or NaN that is no missing value, is NaN.
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
        var read = x;
        if (network.Mask is { } mask)
        {
            graph.WriteObserved();
            x = graph.ZeroWhereMissing("observed.normalised", x);
            read = graph.WithMask(mask, x);
        }
        latent.Encode(graph, graph.Layers("encoder", network.Encoder, read));
        var z = graph.Node("Identity", TensorNames.Latent, TensorNames.Mean);
        latent.WritePrior(graph);
        var output = graph.Layers("decoder", network.Decoder, latent.Decoded(graph, z));
        var mean = network.Distribution.Mean(graph, network.OutputCount, output);
        graph.Unscale(TensorNames.Reconstruction, network.OutputScaling, mean);
        if (network.TargetScaling is null)
        {
            if (network.LikelihoodScaling is { } likelihoodScaling)
            {
                x = Scaled(graph, "likelihood.features", likelihoodScaling, "likelihood");
                if (network.Mask is not null)
                    x = graph.ZeroWhereMissing("observed.likelihood", x);
            }
            Score(graph, network, info.ScoreKind, x, (output, mean));
            ImportanceGraph.Write(graph, network, x);
        }
        DrawGraph.Write(graph, network, output);

        return GraphCut.InOrder(graph.Build(), info);
    }

    private static string Scaled(GraphBuilder graph, string name, FeatureScaling scaling, string constants)
        => scaling.IsIdentity ? TensorNames.Features : graph.Scale(name, TensorNames.Features, scaling, constants);

    /// <summary>Contributions <c>[N, D]</c> and their sum, the score <c>[N, 1]</c>.</summary>
    private static void Score(GraphBuilder graph, TrainedVae network, VaeScoreKind kind, string x, (string Parameters, string Mean) output)
    {
        var (distribution, features) = (network.Distribution, network.FeatureCount);
        if (kind == VaeScoreKind.NeighborDistance)
        {
            var reference = network.Reference ?? throw new InvalidOperationException("There are no rows to measure the distance to.");
            var density = distribution.NegativeLogDensity(graph, features, x, output.Parameters);
            var (score, apart) = NeighborScore.Write(graph, reference, x, output.Mean, density);
            var unknown = Unknown(graph, network);
            Contributions(graph, network, unknown, apart);
            var known = graph.NaNTo("score.finite_or_not", score, float.PositiveInfinity);
            graph.Node("Add", TensorNames.Score, known, unknown);
            return;
        }
        var terms = kind switch
        {
            VaeScoreKind.ReconstructionError => distribution.ReconstructionError(graph, features, x, output.Parameters),
            VaeScoreKind.NegativeElbo => WithKl(graph, network, distribution.NegativeLogDensity(graph, features, x, output.Parameters)),
            VaeScoreKind.NegativeLogLikelihood => SampledScore.Write(graph, network, x),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
        Contributions(graph, network, Unknown(graph, network), terms);
        graph.Node("ReduceSum", TensorNames.Score, TensorNames.Contributions, graph.Indices("score.axes", 1));
    }

    private static void Contributions(GraphBuilder graph, TrainedVae network, string unknown, string terms)
    {
        var known = graph.NaNTo("terms.finite_or_not", terms, float.PositiveInfinity);
        if (network.Mask is not null)
            known = graph.ZeroWhereMissing("observed.terms", known);
        graph.Node("Add", TensorNames.Contributions, known, unknown);
    }

    /// <summary>0 of a row of finite values, NaN of others, <c>[N, 1]</c>.</summary>
    private static string Unknown(GraphBuilder graph, TrainedVae network)
    {
        var unknown = graph.ToUnknown("features", network.KnownFeatures());
        return network.ConditionScaling is null
            ? unknown
            : graph.Node("Add", "inputs.unknown", unknown, graph.ToUnknown("condition", TensorNames.Condition));
    }

    /// <summary>The KL term of each row, where there is one, in equal shares.</summary>
    private static string WithKl(GraphBuilder graph, TrainedVae network, string terms)
    {
        if (network.Latent.Kl(graph) is not { } kl)
            return terms;
        return graph.Node("Add", "terms", terms, graph.ShareOfObserved(network, "kl_share", kl));
    }
}
