namespace MLNet.Vae.Data;

/// <summary>What an architecture needs a row to be.</summary>
/// <param name="Dimensions">From the outermost in.</param>
/// <param name="Description">In words, with its sizes.</param>
/// <param name="Asked">The factory of the architecture, and what it is given to fit a column.</param>
internal sealed record RowShape(IReadOnlyList<int> Dimensions, string Description, string Asked)
{
    public int ValueCount => Dimensions.Aggregate((count, length) => count * length);

    /// <param name="steps">Of a series.</param>
    /// <param name="channels">Of a step.</param>
    /// <param name="factory">Of the architecture.</param>
    public static RowShape Series(int steps, int channels, string factory) => new(
        [steps, channels],
        FormattableString.Invariant($"series of {steps} x {channels} (steps x channels, the channels of a step side by side)"),
        $"{factory} the steps and channels");
}
