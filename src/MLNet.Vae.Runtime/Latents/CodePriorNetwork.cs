using MLNet.Vae.Architectures;
using MLNet.Vae.Onnx;

namespace MLNet.Vae.Latents;

/// <summary>
/// One step of a prior over codes, a gated recurrent unit (Cho et al. 2014): from what is known of the codes before, and its memory of
/// them, to the logits of each entry and the memory with this step. With i and h the two linear maps, r, u and n their parts, the memory m
/// becomes n + u ⊙ (m − n), r = σ(iᵣ + hᵣ), u = σ(iᵤ + hᵤ), n = tanh(iₙ + r ⊙ hₙ).
/// </summary>
/// <param name="Input">i, <c>[3·units, input + condition]</c>.</param>
/// <param name="Memory">h, <c>[3·units, units]</c>.</param>
/// <param name="Output">Logits, <c>[codebook, units]</c>.</param>
/// <param name="Entries">What stands for each entry of the codebook in the input, <c>[codebook, 32]</c>.</param>
internal sealed record CodePriorNetwork(DenseLayer Input, DenseLayer Memory, DenseLayer Output, float[] Entries)
{
    private const string Scope = "code_prior.";

    public int Units => Memory.Inputs;

    /// <summary>Whether a node or constant of a graph is one that <see cref="Write"/> writes.</summary>
    public static bool IsOfIt(string name) => name.StartsWith(TensorNames.CodePrior, StringComparison.Ordinal);

    /// <param name="graph">Takes the nodes.</param>
    /// <param name="isConditional">Whether the condition is read too.</param>
    public void Write(GraphBuilder graph, bool isConditional)
    {
        // Of no node: what walks through the codes reads it by its name.
        graph.Constant(TensorNames.CodePriorEntries, Entries, Output.Outputs, CodePriorLayout.EntryLength);
        var scope = graph.Scope(Scope);
        var known = isConditional
            ? scope.Node(
                "Concat", "known", [TensorNames.CodePriorInput, TensorNames.NormalisedCondition], GraphBuilder.Attribute("axis", 1))
            : TensorNames.CodePriorInput;
        const string Before = TensorNames.CodePriorMemory;
        var input = scope.Split("input.parts", Input.Write(scope, "input", known), Units, Units, Units);
        var memory = scope.Split("memory.parts", Memory.Write(scope, "memory", Before), Units, Units, Units);
        var reset = scope.Node("Sigmoid", "reset", scope.Node("Add", "reset.sum", input[0], memory[0]));
        var update = scope.Node("Sigmoid", "update", scope.Node("Add", "update.sum", input[1], memory[1]));
        var remembered = scope.Node("Mul", "remembered", reset, memory[2]);
        var candidate = scope.Node("Tanh", "candidate", scope.Node("Add", "candidate.sum", input[2], remembered));
        var difference = scope.Node("Mul", "kept", update, scope.Node("Sub", "difference", Before, candidate));
        var after = graph.Node("Add", TensorNames.CodePriorNextMemory, candidate, difference);
        Output.Write(graph, TensorNames.CodePriorLogits, after);
    }
}
