using MLNet.Vae.Columns;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Data;

/// <summary>What a likelihood asks of consecutive slots of a column, in the user's units.</summary>
/// <param name="Start">First slot.</param>
/// <param name="Count">Slots.</param>
/// <param name="Part">What they are called, where they are a part of the column.</param>
internal abstract record SlotCheck(int Start, int Count, string? Part)
{
    /// <summary>The same, as scoring judges rows by it; <see langword="null"/>: it lets any row pass.</summary>
    public abstract FeatureSupport? Support { get; }

    /// <param name="values">Of the column, one row, all finite.</param>
    /// <param name="input">For the message.</param>
    /// <param name="row">For the message.</param>
    /// <returns>What is wrong; <see langword="null"/>: nothing.</returns>
    public abstract Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row);
}
