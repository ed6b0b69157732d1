namespace MLNet.Vae.Training;

/// <summary>What a rank of a group has to say beside a step: one is enough for all.</summary>
/// <param name="IsCancelled">Whether training is to stop.</param>
/// <param name="IsTimeOver">Whether its time is over.</param>
/// <param name="IsCheckpointDue">Whether it is time for a checkpoint.</param>
internal readonly record struct StepSignals(bool IsCancelled, bool IsTimeOver, bool IsCheckpointDue);
