using MLNet.Vae.Likelihoods;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>
/// A draw from the likelihood: z <c>[N, L]</c> and standard normal noise <c>[N, D]</c> → x ~ p(x | z), <c>[N, D]</c>, in the user's units. It reads the
/// same decoder as the reconstruction.
/// </summary>
internal static class DrawGraph
{
    private const string Prefix = "draw/";

    /// <param name="graph">Holds the model up to the decoder's last layer.</param>
    /// <param name="scaling">Undone after the draw.</param>
    /// <param name="likelihood">What is drawn from.</param>
    /// <param name="output">The decoder's last layer, <c>[N, parameters]</c>.</param>
    public static void Write(GraphBuilder graph, FeatureScaling scaling, OutputGraph likelihood, string output)
    {
        var drawn = likelihood.Draw(graph.Within(Prefix), output, TensorNames.OutputNoise);
        ScorerGraph.Denormalise(graph, TensorNames.Draw, scaling, drawn);
    }
}
