using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace MLNet.Vae.Storage;

/// <summary>
/// The cluster's storage, asked again where it does not read: a grain reads before it is there, and without its state it is not. Writes are
/// tried again by the grains themselves.
/// </summary>
internal sealed class PatientStorage(
    [FromKeyedServices(VaeClusterOptions.StorageName)] IGrainStorage storage, StorageRetry retry) : IGrainStorage
{
    /// <summary>The name of this storage among the services. What it keeps does not depend on it.</summary>
    public const string Name = VaeClusterOptions.StorageName + ".patient";

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => retry.Run($"a question for the {stateName} of {grainId}", () => storage.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => storage.WriteStateAsync(stateName, grainId, grainState);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => storage.ClearStateAsync(stateName, grainId, grainState);
}
