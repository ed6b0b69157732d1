using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>z = the entries of a codebook nearest to the encoder's output; p(z) is uniform over the entries.</summary>
internal sealed class QuantizedLatentGraph(QuantizedCode latent) : LatentGraph
{
    public override void Encode(GraphBuilder graph, string hidden)
    {
        var codebook = graph.Constant(TensorNames.Codebook, latent.Codebook, latent.CodebookSize, latent.Dimension);
        var encoded = graph.Node("Reshape", "encoded.vectors", graph.Dense("encoded", latent.Encoder, hidden), graph.Indices("encoded.shape", -1, latent.Dimension));
        var distances = graph.Node(
            "Gemm",
            "codebook.distances",
            [encoded, codebook, graph.Constant("codebook.squares", Squares(), latent.CodebookSize)],
            GraphBuilder.Attribute("alpha", -2f),
            GraphBuilder.Attribute("transB", 1));
        var codes = graph.Node("ArgMin", "codes.numbers", [distances], GraphBuilder.Attribute("axis", 1));
        graph.Node("Reshape", TensorNames.Mean, graph.Node("Gather", "codebook.nearest", codebook, codes), graph.Indices("mean.shape", -1, latent.Length));
        var numbers = graph.ToSingle("codes.single", codes);
        graph.Node("Reshape", TensorNames.Codes, numbers, graph.Indices("codes.shape", -1, latent.CodeCount));
    }

    /// <summary>codes · ln K, whatever the row.</summary>
    public override string Kl(GraphBuilder graph) => graph.Constant("kl", (float)(latent.CodeCount * Math.Log(latent.CodebookSize)));

    /// <summary>‖e‖² of each entry: what ‖z − e‖² has beside −2 z·e, and beside ‖z‖², which is the same for all entries.</summary>
    private float[] Squares() => [.. latent.Codebook.Chunk(latent.Dimension).Select(entry => (float)entry.Sum(value => (double)value * value))];
}
