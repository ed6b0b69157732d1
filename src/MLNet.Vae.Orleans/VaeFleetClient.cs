using MLNet.Vae.Fleets;
using MLNet.Vae.Storage;

namespace MLNet.Vae;

/// <summary>Gives readings to the keys of a fleet and takes their scores. Thread-safe.</summary>
/// <param name="grains">An <c>IClusterClient</c>, or what a silo's own services have.</param>
public sealed class VaeFleetClient(IGrainFactory grains)
{
    /// <summary>
    /// Scores readings with the model of their key, as it was before them, and keeps them to train the next one on. A key without a model
    /// keeps them alone.
    /// </summary>
    /// <param name="fleet">A name of <see cref="VaeClusterOptions.Fleets"/>.</param>
    /// <param name="key">Whose they are.</param>
    /// <param name="readings"><c>[n, D]</c>, in the order of time; D is that of the key's first reading.</param>
    /// <param name="width">D; <see langword="null"/>: there is one reading.</param>
    /// <exception cref="ArgumentException">
    /// There is no such fleet, the readings are of another width than those before, or one has no score; says which. None is kept.
    /// </exception>
    public Task<VaeFleetResult> Score(string fleet, string key, ReadOnlyMemory<float> readings, int? width = null)
        => Grain(fleet, key).Score(readings.ToArray(), width ?? readings.Length);

    /// <summary>What is known of a key.</summary>
    /// <param name="fleet">A name of <see cref="VaeClusterOptions.Fleets"/>.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">There is no such fleet.</exception>
    public Task<VaeFleetStatus> GetStatus(string fleet, string key) => Grain(fleet, key).GetStatus();

    /// <summary>Gives a key a model that was trained elsewhere. It is checked like a file of anybody's before it is used.</summary>
    /// <param name="fleet">A name of <see cref="VaeClusterOptions.Fleets"/>.</param>
    /// <param name="key">The key.</param>
    /// <param name="onnx">A <c>scorer.onnx</c>.</param>
    /// <exception cref="ArgumentException">There is no such fleet, or the model reads other readings than the key has.</exception>
    /// <exception cref="InvalidDataException">It is no model, damaged, foreign, or of a newer format.</exception>
    public Task<VaeFleetStatus> SetModel(string fleet, string key, ReadOnlyMemory<byte> onnx) => Grain(fleet, key).SetModel(onnx.ToArray());

    private IFleetGrain Grain(string fleet, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(fleet);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return grains.GetGrain<IFleetGrain>(StoredKey.Check(FleetKey.Of(fleet, key), "a key"));
    }
}
