namespace MLNet.Vae.Jobs;

/// <summary>The jobs that are not over, so that each goes on after its silo is gone. One in a cluster, of the key 0.</summary>
[Alias("MLNet.Vae.IJobRegistryGrain")]
internal interface IJobRegistryGrain : IGrainWithIntegerKey
{
    /// <param name="job">The name of a job that begins.</param>
    /// <param name="folder">That it writes in.</param>
    /// <returns>
    /// Another job that writes there and is not over, so that this one must not begin; <see langword="null"/>: there is none.
    /// </returns>
    [Alias("Add")]
    Task<string?> Add(string job, string folder);

    /// <summary>Has each of them go on.</summary>
    [Alias("Keep")]
    Task Keep();
}
