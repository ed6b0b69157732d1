using System.Text.Json;
using MLNet.Vae.Groups;
using static TorchSharp.torch;

namespace MLNet.Vae.Checkpoints;

/// <summary>Takes a state down. The tensors are read when it is written, not before.</summary>
/// <param name="ranks">Of the run; each draws from streams of its own, and all take the state down.</param>
internal sealed class StateWriter(TrainingGroup ranks) : TrainingState, IDisposable
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<(string Name, Tensor Value)> _tensors = [];
    private readonly List<Tensor> _owned = [];

    public override void Value<T>(string name, ref T value) => _values.Add(name, JsonSerializer.Serialize(value, StateJson.Options));

    public override void Tensor(string name, Tensor value) => _tensors.Add((name, value));

    public override void Generator(string name, Generator value)
    {
        var state = value.get_state().DetachFromDisposeScope();
        if (!ranks.IsAlone)
        {
            using var own = state;
            state = tensor(ranks.Each<byte>(own.bytes), [ranks.Size, own.numel()]).DetachFromDisposeScope();
        }
        _owned.Add(state);
        Tensor(name, state);
    }

    public void WriteTo(Stream stream) => SafetensorsFile.Write(stream, _values, _tensors);

    public void Dispose()
    {
        foreach (var tensor in _owned)
            tensor.Dispose();
    }
}
