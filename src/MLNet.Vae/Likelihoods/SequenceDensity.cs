using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Likelihoods;

/// <summary>
/// Π p(x_t | x_1, …, x_{t−1}, z), a gated recurrent unit that reads the token before (Bowman et al. 2016). 0 is the end; what lies behind
/// it is certain, and so is the end of a sequence that fills all steps. The code gives the memory that the unit begins with, and what is
/// added to its input at each step.
/// </summary>
internal sealed class SequenceDensity : OutputLikelihood
{
    private readonly double _wordDropout;
    private readonly int _classes;
    private readonly TokenTable _table;
    private readonly GatedRecurrentUnit _unit;
    private readonly Dense _logits;

    public SequenceDensity(SequenceLikelihood options, int length, int tokens, ParameterVector parameters, Generator random) : base(length)
    {
        (_wordDropout, _classes) = (options.WordDropout, tokens + 1);
        _table = new(tokens, options.EmbeddingSize, parameters, random);
        _unit = new(options.EmbeddingSize, options.HiddenSize, parameters, random, length);
        _logits = new(options.HiddenSize, _classes, parameters, random, length);
    }

    public override int ParameterCount => 4 * _unit.Units;

    public override Tensor LogDensity(Tensor x, Tensor output)
    {
        var (rows, units) = (x.size(0), _unit.Units);
        var tokens = TokenTable.Numbers(x, more: 1);
        var steps = tokens.size(1);
        using Scalar one = 1f, count = steps;
        var start = zeros(rows, 1, ScalarType.Int64, device: x.device);
        var before = cat([start, tokens.narrow(1, 0, steps - 1)], 1);
        var goesOn = cat([start.eq(0), tokens.narrow(1, 0, steps - 1).ne(0)], 1);
        var given = _unit.Given(_table.Of(Told(before))).Plus(output.narrow(1, units, 3 * units).unsqueeze(1));
        var memory = output.narrow(1, 0, units).tanh();
        var memories = new Tensor[steps];
        for (var t = 0; t < steps; t++)
            memories[t] = memory = _unit.Step(given.select(1, t), memory);
        // Logits of the steps that cost something alone: of most of what is padded there are none.
        var counted = goesOn.reshape(-1).nonzero().view(-1);
        var logits = _logits.Forward(stack(memories, 1).view(-1, units).index_select(0, counted));
        var costs = nn.functional.cross_entropy(
            logits, tokens.reshape(-1).index_select(0, counted), reduction: nn.Reduction.None);
        var row = counted.div(count, RoundingMode.floor);
        return zeros(rows, device: x.device).index_add(0, row, costs.neg(), one);
    }

    public override OutputDistribution Export() => new SequenceOutput(_table.Export(), _unit.ExportCell(), _logits.Export());

    /// <summary>The tokens that the decoder is told, in training not all of them.</summary>
    private Tensor Told(Tensor before)
    {
        if (Dropout is not { } random || _wordDropout == 0)
            return before;
        using Scalar dropped = _wordDropout;
        return before * rand(before.shape, device: before.device, generator: random).ge(dropped).to_type(ScalarType.Int64);
    }
}
