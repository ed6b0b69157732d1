using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Two gated recurrent units, one from the beginning of a sequence and one from its end (Schuster and Paliwal 1997); then the condition.
/// A step behind the end changes no memory.
/// </summary>
internal sealed class SequenceEncoder : Network
{
    private readonly int _length;
    private readonly bool _conditional;
    private readonly TokenTable _table;
    private readonly GatedRecurrentUnit _forward;
    private readonly GatedRecurrentUnit _backward;

    public SequenceEncoder(
        SequenceArchitecture style, int length, int tokens, int condition, ParameterVector parameters, Generator random)
    {
        (_length, _conditional) = (length, condition > 0);
        _table = new(tokens, style.EmbeddingSize, parameters, random);
        _forward = new(style.EmbeddingSize, style.HiddenSize, parameters, random, length);
        _backward = new(style.EmbeddingSize, style.HiddenSize, parameters, random, length);
        Outputs = 2 * style.HiddenSize + condition;
    }

    public override int Outputs { get; }

    /// <inheritdoc/>
    // x: numbers of tokens, 0 behind the end.
    public override Tensor Forward(Tensor x, Tensor? condition, Generator? dropout)
    {
        var numbers = TokenTable.Numbers(x, more: 0);
        var embedded = _table.Of(numbers);
        var masks = numbers.ne(0).to_type(ScalarType.Float32).unsqueeze(2);
        var steps = Enumerable.Range(0, (int)numbers.size(1)).ToList();
        var forward = Read(_forward, embedded, masks, steps);
        steps.Reverse();
        var backward = Read(_backward, embedded, masks, steps);
        return cat(_conditional ? [forward, backward, condition!] : [forward, backward], 1);
    }

    public override IEnumerable<Layer> Export()
    {
        yield return new SequenceLayer(_length, _table.Export(), _forward.ExportCell(), _backward.ExportCell());
        if (_conditional)
            yield return new ConditionLayer();
    }

    private static Tensor Read(GatedRecurrentUnit unit, Tensor embedded, Tensor masks, IEnumerable<int> steps)
    {
        var given = unit.Given(embedded);
        var memory = zeros(embedded.size(0), unit.Units, device: embedded.device);
        foreach (var step in steps)
            memory = memory.Plus(masks.select(1, step) * (unit.Step(given.select(1, step), memory) - memory));
        return memory;
    }
}
