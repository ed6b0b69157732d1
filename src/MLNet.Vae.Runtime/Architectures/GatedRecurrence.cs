using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014) over all steps of series, from a memory of zeros. With i and h the two linear maps, r, u and n
/// their parts, the memory m becomes n + u ⊙ (m − n), r = σ(iᵣ + hᵣ), u = σ(iᵤ + hᵤ), n = tanh(iₙ + r ⊙ hₙ).
/// </summary>
/// <param name="Input">i, of what a step reads, <c>[3·units, inputs]</c>.</param>
/// <param name="Memory">h, of the memory before the step, <c>[3·units, units]</c>.</param>
internal sealed record GatedRecurrence(DenseLayer Input, DenseLayer Memory)
{
    public int Units => Memory.Inputs;

    /// <param name="graph">Takes the node.</param>
    /// <param name="y">Begins the names of what comes out.</param>
    /// <param name="x"><c>[steps, N, inputs]</c>.</param>
    /// <returns>The memory after each step, <c>[steps, 1, N, units]</c>, and after the last, <c>[1, N, units]</c>.</returns>
    public (string Each, string Last) Write(GraphBuilder graph, string y, string x)
    {
        string[] inputs =
        [
            x,
            graph.Constant($"{y}.weight", Reordered(Input.Weight), 1, 3 * Units, Input.Inputs),
            graph.Constant($"{y}.recurrence", Reordered(Memory.Weight), 1, 3 * Units, Units),
            graph.Constant($"{y}.bias", [.. Reordered(Input.Bias), .. Reordered(Memory.Bias)], 1, 6 * Units),
        ];
        // Otherwise the reset gate works on the memory before its linear map, as in the paper; torch has it after, and so has this.
        const long LinearBeforeReset = 1;
        var outputs = graph.Node(
            "GRU", [$"{y}.each", $"{y}.last"], inputs, GraphBuilder.Attribute("hidden_size", Units),
            GraphBuilder.Attribute("linear_before_reset", LinearBeforeReset));
        return (outputs[0], outputs[1]);
    }

    /// <summary>Reset, update, candidate become update, reset, candidate, as ONNX has them.</summary>
    private static float[] Reordered(float[] values)
    {
        var gate = values.Length / 3;
        return [.. values[gate..(2 * gate)], .. values[..gate], .. values[(2 * gate)..]];
    }
}
