using System.Text.Json.Serialization;

namespace MLNet.Vae;

/// <summary>One of several trainings of a model, on the same rows from other weights.</summary>
public sealed record VaeRestart
{
    [JsonConstructor]
    internal VaeRestart() { }

    /// <summary>
    /// Of its weights and noise. The rows were held out and shuffled by <see cref="VaeTrainingHistory.Seed"/>, whichever the restart.
    /// </summary>
    public required int Seed { get; init; }

    /// <summary>The epoch whose weights it would have given.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>
    /// The loss of that epoch on the held-out rows, nats per row: what restarts are compared by, less is better. With the default objective
    /// it is −<see cref="ValidationElbo"/>. Infinite where no epoch could be compared.
    /// </summary>
    public required double Loss { get; init; }

    /// <summary>The bound of that epoch on the held-out rows.</summary>
    public required double ValidationElbo { get; init; }

    /// <summary>Whether it is the one that the model comes from.</summary>
    public required bool IsChosen { get; init; }
}
