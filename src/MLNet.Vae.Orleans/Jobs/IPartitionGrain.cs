namespace MLNet.Vae.Jobs;

/// <summary>Scores a partition on the silo that it was put on. Without a state: what is lost is begun anew.</summary>
[Alias("MLNet.Vae.IPartitionGrain")]
internal interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>The longest that a partition may take.</summary>
    const string LongestTime = "1.00:00:00";

    /// <summary>Scores it; called again meanwhile, waits for the same.</summary>
    [Alias("Score"), ResponseTimeout(LongestTime)]
    Task<PartitionOutcome> Score(PartitionWork work);

    /// <summary>Ends it.</summary>
    [Alias("Cancel")]
    Task Cancel();
}
