namespace MLNet.Vae;

/// <summary>What a cancelled fit does.</summary>
public enum VaeCancellationBehavior
{
    /// <summary>Throws <see cref="OperationCanceledException"/>.</summary>
    Throw,

    /// <summary>Returns the best model so far; throws <see cref="OperationCanceledException"/> where no epoch has ended yet.</summary>
    ReturnBest,
}
