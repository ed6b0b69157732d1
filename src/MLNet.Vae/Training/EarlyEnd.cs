using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>Whether training ran out of epochs while the held-out bound was still rising.</summary>
internal static class EarlyEnd
{
    /// <summary>A rise, in nats per row over the last fifth of the epochs, that more of them would carry on.</summary>
    public const double Rise = 0.1;

    private const int Share = 5;

    /// <param name="epochs">All that were run.</param>
    /// <param name="bestEpoch">The one whose weights are kept.</param>
    /// <returns>What to tell; <see langword="null"/>: nothing, or no rows were held out to tell by.</returns>
    public static string? Of(IReadOnlyList<VaeEpoch> epochs, int bestEpoch)
    {
        var last = epochs[^1];
        var span = Math.Max(1, epochs.Count / Share);
        if (bestEpoch != last.Epoch || epochs.Count <= span)
            return null;
        // Not a number above the rise where there is no bound.
        var rise = last.ValidationElbo - epochs[^(span + 1)].ValidationElbo;
        return rise > Rise
            ? Invariant($"Training ended while the held-out bound was still rising, by {rise:F2} nats per row over the last {span} of ")
                + Invariant($"{last.Epoch} epochs: the model would be better for more. Raise Epochs, or leave it null.")
            : null;
    }
}
