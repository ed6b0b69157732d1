namespace MLNet.Vae.Jobs;

/// <summary>Names of jobs, as storage keeps them.</summary>
[GenerateSerializer, Alias("MLNet.Vae.JobRegistry")]
internal sealed class JobRegistry
{
    [Id(0)]
    public HashSet<string> Jobs { get; set; } = [];

    /// <summary>Where each writes.</summary>
    [Id(1)]
    public Dictionary<string, string> Folders { get; set; } = [];
}
