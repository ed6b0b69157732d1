namespace MLNet.Vae;

/// <summary>Where training stands at the end of an epoch.</summary>
/// <param name="Epoch">What the epoch measured.</param>
/// <param name="EpochCount">Epochs that will be run at most.</param>
/// <param name="IsBest">Whether this epoch's weights are the best so far.</param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="TimeLeft">Time to the last epoch at this speed; early stopping may come before.</param>
public sealed record VaeTrainingProgress(VaeEpoch Epoch, int EpochCount, bool IsBest, TimeSpan Elapsed, TimeSpan TimeLeft);
