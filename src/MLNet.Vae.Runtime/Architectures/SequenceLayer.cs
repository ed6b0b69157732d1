using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// A sequence read by two gated recurrent units, one from its beginning and one from its end (Schuster and Paliwal 1997): numbers of
/// tokens, 0 beyond the end, <c>[N, length]</c> → the memories of both, <c>[N, 2·units]</c>. A step of 0 changes no memory.
/// </summary>
/// <param name="Length">Steps.</param>
/// <param name="Embedding">Of the tokens.</param>
/// <param name="Forward">From the beginning.</param>
/// <param name="Backward">From the end.</param>
internal sealed record SequenceLayer(int Length, TokenEmbedding Embedding, RecurrentCell Forward, RecurrentCell Backward) : Layer
{
    public override string Write(GraphBuilder graph, string y, string x, string condition)
    {
        var tokens = graph.Split($"{y}.tokens", x, [.. Enumerable.Repeat(1, Length)]);
        string[] embedded = [.. tokens.Select((token, step) => Embedded(Step(graph, step), y, token))];
        string[] masks = [.. tokens.Select((token, step) => Step(graph, step).Clamp($"{y}.mask", token, (0, 1)))];
        // Of a row that holds NaN, NaN.
        var nothing = graph.Node("Mul", $"{y}.nothing", tokens[0], graph.Constant($"{y}.zeros", new float[Forward.Units], Forward.Units));
        var (forward, backward) = (nothing, nothing);
        for (var step = 0; step < Length; step++)
            forward = Masked(Step(graph, step), Forward, $"{y}.forward", embedded[step], masks[step], forward);
        for (var step = Length - 1; step >= 0; step--)
            backward = Masked(Step(graph, step), Backward, $"{y}.backward", embedded[step], masks[step], backward);
        return graph.Node("Concat", y, [forward, backward], GraphBuilder.Attribute("axis", 1));
    }

    private static GraphBuilder Step(GraphBuilder graph, int step) => graph.Within($"step{step}/");

    private string Embedded(GraphBuilder step, string y, string token)
        => Embedding.Write(step, $"{y}.embedding", Embedding.OneHot(step, $"{y}.one_hot", token));

    private static string Masked(GraphBuilder step, RecurrentCell cell, string name, string embedded, string mask, string memory)
    {
        var next = cell.Write(step, name, cell.Input.Write(step, $"{name}.input", embedded), memory);
        var change = step.Node("Mul", $"{name}.change", mask, step.Node("Sub", $"{name}.news", next, memory));
        return step.Node("Add", $"{name}.memory_now", memory, change);
    }
}
