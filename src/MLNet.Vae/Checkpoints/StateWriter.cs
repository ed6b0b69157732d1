using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.Vae.Checkpoints;

/// <summary>Takes a state down. The tensors are read when it is written, not before.</summary>
internal sealed class StateWriter : TrainingState, IDisposable
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<(string Name, Tensor Value)> _tensors = [];
    private readonly List<Tensor> _owned = [];

    public override void Value<T>(string name, ref T value) => _values.Add(name, JsonSerializer.Serialize(value, StateJson.Options));

    public override void Tensor(string name, Tensor value) => _tensors.Add((name, value));

    public override void Generator(string name, Generator value)
    {
        var state = value.get_state().DetachFromDisposeScope();
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
