namespace MLNet.Vae;

/// <summary>Where training stands at the end of an epoch.</summary>
/// <param name="Epoch">What the epoch measured.</param>
/// <param name="EpochCount">Epochs that will be run at most.</param>
/// <param name="IsBest">Whether this epoch's weights are the best so far, of its restart.</param>
/// <param name="Elapsed">Time since training began, restarts before this one included.</param>
/// <param name="TimeLeft">Time to the last epoch of the last restart at this speed; early stopping may come before.</param>
public sealed record VaeTrainingProgress(VaeEpoch Epoch, int EpochCount, bool IsBest, TimeSpan Elapsed, TimeSpan TimeLeft)
{
    /// <summary>Which of the restarts it is, counted from 1.</summary>
    public int Restart { get; init; } = 1;

    /// <summary>Restarts that there will be; see <see cref="VaeTrainingOptions.Restarts"/>.</summary>
    public int RestartCount { get; init; } = 1;
}
