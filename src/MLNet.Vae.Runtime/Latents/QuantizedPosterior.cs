using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>
/// z = the entries of a codebook nearest to the encoder's output, one for each part of it, side by side; the prior is uniform over the
/// entries.
/// </summary>
/// <param name="Encoder">
/// <c>[codes·dimension, hidden]</c>; <see langword="null"/>: the encoder's output is the vectors themselves, those of a map place by place.
/// </param>
/// <param name="Codebook">The entries, row-major, <c>[codebook, dimension]</c>.</param>
/// <param name="Dimension">Length of an entry.</param>
internal sealed record QuantizedPosterior(DenseLayer? Encoder, float[] Codebook, int Dimension) : LatentNetwork
{
    /// <summary>Lines and columns of a map of codes, where there is no <see cref="Encoder"/>.</summary>
    public (int Height, int Width)? Map { get; init; }

    public override int Length => Encoder?.Outputs ?? (Map is var (height, width) ? height * width * Dimension : 0);

    public override (int Height, int Width)? CodeMap => Map;

    public override int CodeCount => Length / Dimension;

    public override int CodebookSize => Codebook.Length / Dimension;

    public override void Encode(GraphBuilder graph, string hidden)
    {
        var codebook = graph.Constant(TensorNames.Codebook, Codebook, CodebookSize, Dimension);
        var values = Encoder?.Write(graph, "encoded", hidden) ?? hidden;
        var encoded = graph.Node("Reshape", "encoded.vectors", values, graph.Indices("encoded.shape", -1, Dimension));
        var distances = graph.Node(
            "Gemm",
            "codebook.distances",
            [encoded, codebook, graph.Constant("codebook.squares", Squares(), CodebookSize)],
            GraphBuilder.Attribute("alpha", -2f),
            GraphBuilder.Attribute("transB", 1));
        var codes = graph.Node("ArgMin", "codes.numbers", [distances], GraphBuilder.Attribute("axis", 1));
        var nearest = graph.Node("Gather", "codebook.nearest", codebook, codes);
        graph.Node("Reshape", TensorNames.Mean, nearest, graph.Indices("mean.shape", -1, Length));
        var numbers = graph.ToSingle("codes.single", codes);
        graph.Node("Reshape", TensorNames.Codes, numbers, graph.Indices("codes.shape", -1, CodeCount));
    }

    /// <summary>codes · ln K, whatever the row.</summary>
    public override string Kl(GraphBuilder graph) => graph.Constant("kl", (float)(CodeCount * Math.Log(CodebookSize)));

    /// <summary>‖e‖² of each entry: what ‖z − e‖² has beside −2 z·e, and beside ‖z‖², which is the same for all entries.</summary>
    private float[] Squares() => [.. Codebook.Chunk(Dimension).Select(entry => (float)entry.Sum(value => (double)value * value))];
}
