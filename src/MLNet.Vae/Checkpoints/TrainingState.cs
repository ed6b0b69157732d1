using static TorchSharp.torch;

namespace MLNet.Vae.Checkpoints;

/// <summary>
/// What a fit needs to go on as if it had never stopped. Each part of a fit hands over its own in one method, by name; the same method
/// writes it and, given a state that is read, takes it back.
/// </summary>
internal abstract class TrainingState
{
    /// <summary>A number, a record or a list of them, as JSON.</summary>
    public abstract void Value<T>(string name, ref T value);

    /// <summary>A tensor, whose values are written or overwritten.</summary>
    public abstract void Tensor(string name, Tensor value);

    /// <summary>Where a stream of random numbers has got to.</summary>
    public abstract void Generator(string name, Generator value);
}
