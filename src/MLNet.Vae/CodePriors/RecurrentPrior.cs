using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.CodePriors;

/// <summary>Π p(k_i | k_1, …, k_{i−1}) while it is fitted: <see cref="CodePriorNetwork"/> over all codes of a batch.</summary>
internal sealed class RecurrentPrior : IDisposable
{
    private readonly CodePriorLayout _layout;
    private readonly int _units;
    private readonly int _entryCount;
    private readonly Trainable _entries;
    private readonly Tensor _neighbours;
    private readonly Tensor _places;
    private readonly GatedRecurrentUnit _unit;
    private readonly Dense _output;

    /// <param name="layout">What a step reads.</param>
    /// <param name="codebookSize">Entries.</param>
    /// <param name="units">Of the memory.</param>
    /// <param name="condition">Width of the condition; 0: there is none.</param>
    /// <param name="parameters">Takes the weights.</param>
    /// <param name="random">Draws them.</param>
    public RecurrentPrior(
        CodePriorLayout layout, int codebookSize, int units, int condition, ParameterVector parameters, Generator random)
    {
        (_layout, _units, _entryCount) = (layout, units, codebookSize);
        _entries = parameters.Add(randn(codebookSize, CodePriorLayout.EntryLength, generator: random), uses: 0);
        var neighbours = Enumerable.Range(0, layout.Codes).SelectMany(layout.Before)
            .Select(before => before == CodePriorLayout.Outside ? layout.Codes : (long)before);
        _neighbours = tensor(neighbours.ToArray());
        _places = tensor(Enumerable.Range(0, layout.Codes).SelectMany(layout.Place).ToArray(), [1, layout.Codes, layout.Places]);
        _unit = new(layout.InputWidth + condition, units, parameters, random);
        _output = new(units, _entryCount, parameters, random);
    }

    /// <summary>Begins as how often each entry is used, whatever comes before it.</summary>
    /// <param name="counts">Of each entry.</param>
    public void Start(double[] counts)
    {
        var total = counts.Sum() + counts.Length;
        _output.Set(new(new float[_entryCount * _units], Array.ConvertAll(counts, count => (float)Math.Log((count + 1) / total))));
    }

    /// <summary>−ln p of the codes of each row, nats: <c>[rows, codes]</c> → <c>[rows]</c>.</summary>
    public Tensor NegativeLogProbability(Tensor codes, Tensor? condition)
    {
        var rows = codes.size(0);
        var given = _unit.Given(Inputs(codes, condition));
        var memory = zeros(rows, _units);
        var memories = new Tensor[_layout.Codes];
        for (var code = 0; code < memories.Length; code++)
            memories[code] = memory = _unit.Step(given.select(1, code), memory);
        var logits = _output.Forward(stack(memories, 1)).view(-1, _entryCount);
        return nn.functional.cross_entropy(logits, codes.reshape(-1), reduction: nn.Reduction.None).view(rows, -1).sum(1L);
    }

    public CodePriorNetwork Export()
    {
        var (input, memory) = _unit.Export();
        return new(input, memory, _output.Export(), _entries.ToArray());
    }

    public void Dispose()
    {
        _neighbours.Dispose();
        _places.Dispose();
    }

    /// <summary>What stands for the neighbours, then the place, then the condition: <c>[rows, codes, input]</c>.</summary>
    private Tensor Inputs(Tensor codes, Tensor? condition)
    {
        var rows = codes.size(0);
        var known = cat([codes, full([rows, 1], _entryCount, ScalarType.Int64)], 1).index_select(1, _neighbours);
        // One more, of zeros: a neighbour that is not there.
        var table = cat([_entries.Value, zeros(1, CodePriorLayout.EntryLength)], 0);
        var entries = table.index_select(0, known.reshape(-1)).view(rows, _layout.Codes, -1);
        var places = _places.expand(rows, -1, -1);
        return condition is null
            ? cat([entries, places], 2)
            : cat([entries, places, condition.unsqueeze(1).expand(-1, _layout.Codes, -1)], 2);
    }
}
