using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.Vae.Checkpoints;

/// <summary>Gives a state back.</summary>
internal sealed class StateReader(SafetensorsFile file) : TrainingState
{
    public override void Value<T>(string name, ref T value)
    {
        var json = file.Values.GetValueOrDefault(name) ?? throw new InvalidDataException($"it has no '{name}'");
        value = JsonSerializer.Deserialize<T>(json, StateJson.Options)!;
    }

    public override void Tensor(string name, Tensor value) => file.Read(name, value);

    public override void Generator(string name, Generator value)
    {
        using var state = value.get_state();
        file.Read(name, state);
        value.set_state(state);
    }
}
