using MLNet.Vae.Architectures;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014) over the steps of series; its formula is that of <see cref="GatedRecurrence"/>. The maps of
/// what the steps read are one product for all of them, and the gates of a step another, so that a step is seven operations. Its
/// multiply-adds count as those of one step: threads of torch wait for each other after each.
/// </summary>
/// <param name="inputs">Values that a step reads.</param>
/// <param name="units">Of the memory.</param>
/// <param name="parameters">Takes the weights.</param>
/// <param name="random">Draws them.</param>
/// <param name="uses">Steps whose multiply-adds count, where it is not one.</param>
internal sealed class GatedRecurrentUnit(int inputs, int units, ParameterVector parameters, Generator random, int uses = 1)
{
    private static readonly Scalar One = 1;

    /// <summary>Of what a step reads, <c>[3·units, inputs]</c>: reset, update, candidate.</summary>
    public Dense Input { get; } = new(inputs, 3 * units, parameters, random, uses);

    /// <summary>Of the memory before the step, <c>[3·units, units]</c>.</summary>
    public Dense Memory { get; } = new(units, 3 * units, parameters, random, uses);

    /// <summary><c>[steps, rows, inputs]</c> → the memory after each step, <c>[steps][rows, units]</c>.</summary>
    public Tensor[] Forward(Tensor x)
    {
        long[] gatesAndCandidate = [2L * units, units];
        var (weights, biases) = (Memory.Weight.Value.split(gatesAndCandidate, 0), Memory.Bias.Value.split(gatesAndCandidate, 0));
        var (ofGates, ofCandidate) = (weights[0].t(), weights[1]);
        // The gates add what both maps give, so that one bias does for both; the candidate does not.
        var bias = Input.Bias.Value.Plus(nn.functional.pad(biases[0], [0, units]));
        var given = x.Linear(Input.Weight.Value, bias).split(gatesAndCandidate, 2);
        var (gates, candidates) = (given[0].unbind(0), given[1].unbind(0));
        var memories = new Tensor[gates.Length];
        var memory = zeros(x.size(1), units, device: x.device);
        for (var step = 0; step < memories.Length; step++)
        {
            var parts = gates[step].addmm(memory, ofGates, 1, 1).sigmoid().split(units, 1);
            var (reset, update) = (parts[0], parts[1]);
            var candidate = candidates[step].addcmul(reset, memory.Linear(ofCandidate, biases[1]), One).tanh();
            memories[step] = memory = candidate.lerp(memory, update);
        }
        return memories;
    }

    /// <summary>Values of the memory.</summary>
    public int Units => units;

    /// <summary>i of any number of steps at once: <c>[…, inputs]</c> → <c>[…, 3·units]</c>.</summary>
    public Tensor Given(Tensor x) => Input.Forward(x);

    /// <summary>The memory with one more step, <c>[rows, units]</c>, where steps are told apart by a mask.</summary>
    /// <param name="given">What <see cref="Given"/> makes of it, <c>[rows, 3·units]</c>.</param>
    /// <param name="memory">Of the steps before, <c>[rows, units]</c>.</param>
    public Tensor Step(Tensor given, Tensor memory)
    {
        var (i, h) = (given.split(units, 1), Memory.Forward(memory).split(units, 1));
        var (reset, update) = (i[0].Plus(h[0]).sigmoid(), i[1].Plus(h[1]).sigmoid());
        var candidate = i[2].Plus(reset * h[2]).tanh();
        return candidate.Plus(update * (memory - candidate));
    }

    /// <summary>As one step at a time.</summary>
    public RecurrentCell ExportCell() => new(Input.Export(), Memory.Export());

    public GatedRecurrence Export() => new(Input.Export(), Memory.Export());
}
