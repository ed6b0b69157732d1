using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>A vector for each token of a sequence; 0, which is no token, has zeros.</summary>
/// <param name="Weights">Column by column what stands for 0, 1, …, tokens: <c>[width, tokens + 1]</c>, row-major.</param>
/// <param name="Tokens">Different ones.</param>
internal sealed record TokenEmbedding(float[] Weights, int Tokens)
{
    public int Width => Weights.Length / (Tokens + 1);

    /// <summary>From what stands for each token but 0, <c>[tokens][width]</c>, row-major.</summary>
    public static TokenEmbedding Of(float[] entries, int tokens)
    {
        var width = entries.Length / tokens;
        var weights = new float[width * (tokens + 1)];
        for (var token = 0; token < tokens; token++)
        {
            for (var i = 0; i < width; i++)
                weights[(i * (tokens + 1)) + token + 1] = entries[(token * width) + i];
        }
        return new(weights, tokens);
    }

    /// <summary>1 in the place of the token and else 0, <c>[N, 1]</c> → <c>[N, tokens + 1]</c>; zeros of what is no token.</summary>
    public string OneHot(GraphBuilder graph, string y, string x)
    {
        var numbers = graph.Constant("sequence.tokens", [.. Enumerable.Range(0, Tokens + 1).Select(token => (float)token)], Tokens + 1);
        return graph.ToSingle(y, graph.Node("Equal", $"{y}.is", x, numbers));
    }

    /// <summary><c>[N, tokens + 1]</c> → <c>[N, width]</c>.</summary>
    public string Write(GraphBuilder graph, string y, string oneHot)
        => new DenseLayer(Weights, new float[Width]).Write(graph, y, oneHot);
}
