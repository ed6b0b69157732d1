namespace MLNet.Vae.Jobs;

/// <summary>What a job is, as storage keeps it: written once.</summary>
[GenerateSerializer, Alias("MLNet.Vae.JobRecord")]
internal sealed class JobRecord
{
    [Id(0)]
    public VaeJob? Job { get; set; }

    /// <summary>See <see cref="VaeJob.Content"/>.</summary>
    [Id(1)]
    public string Content { get; set; } = "";

    /// <summary>Of the model that it began with.</summary>
    [Id(2)]
    public string ModelIdentity { get; set; } = "";
}
