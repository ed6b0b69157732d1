namespace MLNet.Vae.Benchmarks;

/// <summary>Fits that are measured.</summary>
internal static class Trained
{
    /// <summary>
    /// The history of a fit that ran to its end, or until its patience did; another throws, as the weights before a failure are no figure.
    /// </summary>
    public static VaeTrainingHistory Sound(VaeTrainingHistory history)
        => history.StopReason is VaeStopReason.Completed or VaeStopReason.EarlyStopping
            ? history
            : throw new InvalidOperationException($"Training stopped after {history.Epochs.Count} epochs: {history.StopReason}.");
}
