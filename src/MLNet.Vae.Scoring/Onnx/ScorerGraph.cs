using MLNet.Vae.Networks;
using MLNet.Vae.Onnx.Schema;

namespace MLNet.Vae.Onnx;

/// <summary>Writes the whole model as one graph; the encoder and the decoder are cut out of it (<see cref="GraphCut"/>).</summary>
internal static class ScorerGraph
{
    public static GraphProto Write(TrainedVae network, VaeScoreKind scoreKind)
    {
        var graph = new GraphBuilder();
        var likelihood = OutputGraph.Of(network.Distribution);

        var x = Normalise(graph, network.Scaling);
        Encode(graph, network, x);
        var z = graph.Node("Identity", TensorNames.Latent, TensorNames.Mean);
        var output = Decode(graph, network, z);
        Denormalise(graph, network.Scaling, likelihood.Mean(graph, output));
        Score(graph, network, likelihood, scoreKind, x, output);

        return graph.Build(
            GraphInterface.NameOf(VaeGraph.Scorer),
            GraphInterface.Inputs(VaeGraph.Scorer, network.FeatureCount, network.LatentDimension),
            GraphInterface.Outputs(VaeGraph.Scorer, network.FeatureCount, network.LatentDimension));
    }

    /// <summary>(features − offset) / scale, <c>[N, D]</c>.</summary>
    private static string Normalise(GraphBuilder graph, FeatureScaling scaling)
    {
        if (scaling.IsIdentity)
            return TensorNames.Features;
        var offset = graph.Constant("features.offset", scaling.Offset, scaling.FeatureCount);
        var scale = graph.Constant("features.scale", scaling.Scale, scaling.FeatureCount);
        return graph.Node("Div", "normalised", graph.Node("Sub", "centred", TensorNames.Features, offset), scale);
    }

    /// <summary>x <c>[N, D]</c> → mean, log σ <c>[N, L]</c>.</summary>
    private static void Encode(GraphBuilder graph, TrainedVae network, string x)
    {
        var hidden = graph.Layers("encoder", network.Encoder, x);
        graph.Dense(TensorNames.Mean, network.Mean, hidden);
        var unclamped = graph.Dense("log_sigma.unclamped", network.LogSigma, hidden);
        graph.Node(
            "Clip",
            TensorNames.LogSigma,
            unclamped,
            graph.Constant("log_sigma.minimum", network.LogSigmaRange.Minimum),
            graph.Constant("log_sigma.maximum", network.LogSigmaRange.Maximum));
    }

    /// <summary>z <c>[N, L]</c> → parameters of p(x | z), normalised units, <c>[N, D]</c>.</summary>
    private static string Decode(GraphBuilder graph, TrainedVae network, string z)
        => graph.Dense("decoder.output", network.Output, graph.Layers("decoder", network.Decoder, z));

    /// <summary>mean · scale + offset, <c>[N, D]</c>.</summary>
    private static void Denormalise(GraphBuilder graph, FeatureScaling scaling, string mean)
    {
        if (scaling.IsIdentity)
        {
            graph.Node("Identity", TensorNames.Reconstruction, mean);
            return;
        }
        var offset = graph.Constant("reconstruction.offset", scaling.Offset, scaling.FeatureCount);
        var scale = graph.Constant("reconstruction.scale", scaling.Scale, scaling.FeatureCount);
        graph.Node("Add", TensorNames.Reconstruction, graph.Node("Mul", "reconstruction.centred", mean, scale), offset);
    }

    /// <summary>Contributions <c>[N, D]</c> and their sum, the score <c>[N, 1]</c>.</summary>
    private static void Score(GraphBuilder graph, TrainedVae network, OutputGraph likelihood, VaeScoreKind kind, string x, string output)
    {
        if (kind == VaeScoreKind.NegativeElbo)
        {
            var share = graph.Node("Div", "kl_share", Kl(graph), graph.Constant("feature_count", network.FeatureCount));
            graph.Node("Add", TensorNames.Contributions, likelihood.NegativeLogDensity(graph, x, output), share);
        }
        else
        {
            graph.Node("Identity", TensorNames.Contributions, likelihood.ReconstructionError(graph, x, output));
        }
        graph.Node("ReduceSum", TensorNames.Score, TensorNames.Contributions, graph.Indices("score.axes", 1));
    }

    /// <summary>KL(q(z | x) ‖ N(0, I)) = Σ ½ (mean² + σ² − 1) − log σ, <c>[N, 1]</c> (Kingma and Welling 2014, appendix B).</summary>
    private static string Kl(GraphBuilder graph)
    {
        var meanSquare = graph.Node("Mul", "kl.mean_square", TensorNames.Mean, TensorNames.Mean);
        var variance = graph.Node(
            "Exp", "kl.variance", graph.Node("Mul", "kl.log_variance", TensorNames.LogSigma, graph.Constant("kl.two", 2)));
        var excess = graph.Node(
            "Sub", "kl.excess", graph.Node("Add", "kl.second_moment", meanSquare, variance), graph.Constant("kl.one", 1));
        var half = graph.Node("Mul", "kl.half_excess", excess, graph.Constant("kl.half", 0.5f));
        var perDimension = graph.Node("Sub", "kl.per_dimension", half, TensorNames.LogSigma);
        return graph.Node("ReduceSum", "kl", perDimension, graph.Indices("kl.axes", 1));
    }
}
