namespace MLNet.Vae;

/// <summary>
/// A prior over the codes of a vector-quantised model, fitted once the model is trained to the codes of the rows it was trained on (van den
/// Oord, Vinyals and Kavukcuoglu 2017, section 3.2): Π p(k_i | k_1, …, k_{i−1}) by a gated recurrent unit (Cho et al. 2014), which reads
/// the code before it, or those on its left and above in a map of codes, its place, and the condition where there is one.
/// </summary>
/// <remarks>
/// It is what <see cref="VaeGenerator.Sample"/> draws from. Scores and the bound are those of training, where every code is as likely.
/// Rows held out say which pass is kept; a fit goes on until they have not improved for 300 steps.
/// </remarks>
public sealed record VaeCodePrior
{
    /// <summary>Units when none are given.</summary>
    internal const int DefaultUnits = 128;

    /// <summary>Most units allowed.</summary>
    internal const int MaximumUnits = 4_096;

    /// <summary>Most passes allowed.</summary>
    internal const int MaximumEpochs = 1_000_000;

    /// <summary>Units of its memory, 1 to 4,096: more tell more of what goes together, and take longer.</summary>
    /// <value>Default: 128.</value>
    public int Units { get; init; } = DefaultUnits;

    /// <summary>
    /// Passes over the codes, 0 to 1,000,000; <see langword="null"/>: as many as give 1,500 steps of 128 rows, at least 3 and at most 100.
    /// 0: how often each entry is used, whichever code it is, and nothing of what goes together.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public int? Epochs { get; init; }

    internal IEnumerable<string> Faults()
    {
        if (Units is < 1 or > MaximumUnits)
            yield return OptionFaults.Range($"{nameof(VaeCodePrior)}.{nameof(Units)}", Units, 1, MaximumUnits);
        if (Epochs is < 0 or > MaximumEpochs)
            yield return OptionFaults.Range($"{nameof(VaeCodePrior)}.{nameof(Epochs)}", Epochs.Value, 0, MaximumEpochs);
    }
}
