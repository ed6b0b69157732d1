using MLNet.Vae.Onnx;

namespace MLNet.Vae.Graphs;

/// <summary>
/// A draw from the likelihood: z <c>[N, L]</c> and standard normal noise <c>[N, W]</c>, as much as the likelihood takes, → x ~ p(x | z),
/// <c>[N, D]</c>,
/// in the user's units. It reads the same decoder as the reconstruction.
/// </summary>
internal static class DrawGraph
{
    private const string Prefix = "draw/";

    /// <param name="graph">Holds the model up to the decoder's output.</param>
    /// <param name="network">The model.</param>
    /// <param name="output">The decoder's output, <c>[N, parameters]</c>.</param>
    public static void Write(GraphBuilder graph, TrainedVae network, string output)
    {
        var drawn = network.Distribution.Draw(graph.Within(Prefix), network.OutputCount, output, TensorNames.OutputNoise);
        graph.Unscale(TensorNames.Draw, network.OutputScaling, drawn);
    }
}
