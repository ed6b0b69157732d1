namespace MLNet.Vae.Jobs;

/// <summary>The jobs that are not over, so that each goes on after its silo is gone. One in a cluster, of the key 0.</summary>
[Alias("MLNet.Vae.IJobRegistryGrain")]
internal interface IJobRegistryGrain : IGrainWithIntegerKey
{
    [Alias("Add")]
    Task Add(string job);

    /// <summary>Has each of them go on.</summary>
    [Alias("Keep")]
    Task Keep();
}
