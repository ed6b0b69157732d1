using MLNet.Vae.Onnx;

namespace MLNet.Vae.Architectures;

/// <summary>
/// One step of a gated recurrent unit (Cho et al. 2014). With i and h the two linear maps, r, u and n their parts, the memory m becomes
/// n + u ⊙ (m − n), r = σ(iᵣ + hᵣ), u = σ(iᵤ + hᵤ), n = tanh(iₙ + r ⊙ hₙ).
/// </summary>
/// <param name="Input">i, <c>[3·units, inputs]</c>.</param>
/// <param name="Memory">h, <c>[3·units, units]</c>.</param>
internal sealed record RecurrentCell(DenseLayer Input, DenseLayer Memory)
{
    public int Units => Memory.Inputs;

    /// <summary>The memory with this step, <c>[N, units]</c>. Weights are shared by all steps of one <paramref name="name"/>.</summary>
    /// <param name="step">Takes the nodes, under a prefix of the step's own.</param>
    /// <param name="name">Of the unit.</param>
    /// <param name="given">i, <c>[N, 3·units]</c>.</param>
    /// <param name="memory">Of the steps before, <c>[N, units]</c>.</param>
    public string Write(GraphBuilder step, string name, string given, string memory)
    {
        var i = step.Split($"{name}.given.parts", given, Units, Units, Units);
        var h = step.Split($"{name}.memory.parts", Memory.Write(step, $"{name}.memory", memory), Units, Units, Units);
        var reset = step.Node("Sigmoid", $"{name}.reset", step.Node("Add", $"{name}.reset.sum", i[0], h[0]));
        var update = step.Node("Sigmoid", $"{name}.update", step.Node("Add", $"{name}.update.sum", i[1], h[1]));
        var remembered = step.Node("Mul", $"{name}.remembered", reset, h[2]);
        var candidate = step.Node("Tanh", $"{name}.candidate", step.Node("Add", $"{name}.candidate.sum", i[2], remembered));
        var kept = step.Node("Mul", $"{name}.kept", update, step.Node("Sub", $"{name}.difference", memory, candidate));
        return step.Node("Add", $"{name}.next", candidate, kept);
    }
}
