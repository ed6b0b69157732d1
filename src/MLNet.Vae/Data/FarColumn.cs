namespace MLNet.Vae.Data;

/// <summary>
/// A column of which a few rows lie so far from the others that most of its variance is theirs: one wrong reading among thousands, or 1e30
/// for a missing value. It is scaled by the others.
/// </summary>
/// <param name="Slot">Of the row.</param>
/// <param name="Kind">What the others are like.</param>
/// <param name="Offset">Of their scaling: the mean of the middle 98 %, the least value that is not far, or the one value.</param>
/// <param name="Scale">Their spread or range, or the unit of a constant column.</param>
/// <param name="Limit">Scaled: a value that is further off counts as this far.</param>
/// <param name="Values">The far ones that are known, with the numbers of their rows.</param>
internal sealed record FarColumn(
    int Slot, FarColumnKind Kind, double Offset, double Scale, double Limit, IReadOnlyList<FarColumn.Far> Values)
{
    /// <summary>Spreads from the centre beyond which a value is far and, but in a constant column, counts as this far.</summary>
    public const double FarSpreads = 20;

    /// <summary>A far value.</summary>
    /// <param name="Row">Its row, counted from 0.</param>
    /// <param name="Value">In the user's units.</param>
    internal readonly record struct Far(long Row, float Value);
}
