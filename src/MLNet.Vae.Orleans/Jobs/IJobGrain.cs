using Orleans.Concurrency;

namespace MLNet.Vae.Jobs;

/// <summary>One job: what it is, how far it is, and what drives it.</summary>
[Alias("MLNet.Vae.IJobGrain")]
internal interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Begins it, or looks after the same that was begun before.</summary>
    /// <exception cref="ArgumentException">It cannot be scored like this, or another has its name.</exception>
    [Alias("Submit"), ResponseTimeout(LongTime)]
    Task<VaeJobStatus> Submit(VaeJob job);

    /// <returns><see langword="null"/>: there is no such job.</returns>
    [Alias("GetStatus"), ResponseTimeout(LongTime)]
    Task<VaeJobStatus?> GetStatus();

    /// <summary>Takes up again what failed or was cancelled.</summary>
    [Alias("Resume"), ResponseTimeout(LongTime)]
    Task<VaeJobStatus?> Resume();

    [Alias("Cancel"), ResponseTimeout(LongTime)]
    Task<VaeJobStatus?> Cancel();

    /// <summary>Whether it is not over, so that nobody else may write where it does. Never waits for another call.</summary>
    [Alias("IsWriting"), AlwaysInterleave]
    Task<bool> IsWriting();

    /// <summary>Goes on where it should.</summary>
    /// <returns>Whether it is to be looked after any more.</returns>
    [Alias("Keep")]
    Task<bool> Keep();

    /// <summary>A model is loaded meanwhile, and storage may have to be asked more than once.</summary>
    const string LongTime = "00:05:00";
}
