using System.Text.Json;
using MLNet.Vae.Groups;
using static TorchSharp.torch;

namespace MLNet.Vae.Checkpoints;

/// <summary>Gives a state back.</summary>
/// <param name="file">What was written.</param>
/// <param name="ranks">Of the run that goes on, which may be others than those that wrote it.</param>
internal sealed class StateReader(SafetensorsFile file, TrainingGroup ranks) : TrainingState
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
        var written = file.Shape(name);
        if (ranks.IsAlone && written is not [_, _])
        {
            file.Read(name, state);
            value.set_state(state);
        }
        else if (written is [var count, var length] && count == ranks.Size)
        {
            using var all = empty([count, length], ScalarType.Byte);
            file.Read(name, all);
            using var own = all[ranks.Rank];
            state.copy_(own);
            value.set_state(state);
        }
        else if (written is null)
        {
            throw new InvalidDataException($"it has no tensor '{name}'");
        }
        // Otherwise there are more ranks now, or fewer: each draws from the beginning of a stream of its own.
    }
}
