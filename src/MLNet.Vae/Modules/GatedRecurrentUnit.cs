using MLNet.Vae.Architectures;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014). With i and h the two linear maps, r, u and n their parts, the memory m becomes
/// n + u ⊙ (m − n), r = σ(iᵣ + hᵣ), u = σ(iᵤ + hᵤ), n = tanh(iₙ + r ⊙ hₙ).
/// </summary>
/// <param name="inputs">Values that a step reads.</param>
/// <param name="units">Of the memory.</param>
/// <param name="parameters">Takes the weights.</param>
/// <param name="random">Draws them.</param>
/// <param name="steps">Of a row.</param>
internal sealed class GatedRecurrentUnit(int inputs, int units, ParameterVector parameters, Generator random, int steps = 1)
{
    private readonly Dense _input = new(inputs, 3 * units, parameters, random, steps);
    private readonly Dense _memory = new(units, 3 * units, parameters, random, steps);

    public int Units => units;

    /// <summary>i of any number of steps at once: <c>[…, inputs]</c> → <c>[…, 3·units]</c>.</summary>
    public Tensor Given(Tensor x) => _input.Forward(x);

    /// <summary>The memory with one more step, <c>[rows, units]</c>.</summary>
    /// <param name="given">What <see cref="Given"/> makes of it, <c>[rows, 3·units]</c>.</param>
    /// <param name="memory">Of the steps before, <c>[rows, units]</c>.</param>
    public Tensor Step(Tensor given, Tensor memory)
    {
        var (i, h) = (given.split(units, 1), _memory.Forward(memory).split(units, 1));
        var (reset, update) = (i[0].Plus(h[0]).sigmoid(), i[1].Plus(h[1]).sigmoid());
        var candidate = i[2].Plus(reset * h[2]).tanh();
        return candidate.Plus(update * (memory - candidate));
    }

    public RecurrentCell Export() => new(_input.Export(), _memory.Export());
}
