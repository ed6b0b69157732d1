using MLNet.Vae.Columns;
using MLNet.Vae.Data;
using static System.FormattableString;

namespace MLNet.Vae.Corruptions;

/// <summary>What a corruption takes from training rows, in the units of the features, <c>[features]</c> each.</summary>
/// <param name="Offset">What 0 in normalised units is.</param>
/// <param name="Scale">What 1 in normalised units is more; 0 for a feature that the encoder does not read.</param>
/// <param name="Least">Least value.</param>
/// <param name="Largest">Largest value.</param>
internal sealed record RowRanges(float[] Offset, float[] Scale, float[] Least, float[] Largest)
{
    /// <summary>As training takes them of rows.</summary>
    public static RowRanges Of(IReadOnlyList<float[]> rows, VaeNormalization normalization)
    {
        var features = rows[0].Length;
        var kind = normalization == VaeNormalization.Auto ? VaeNormalization.Standardize : normalization;
        var statistics = new ColumnStatistics(features);
        foreach (var row in rows)
            statistics.Add(new(row, 1));
        var kinds = new VaeNormalization[features];
        Array.Fill(kinds, kind);
        var far = FarColumns.Of(statistics, [.. rows.Select((row, i) => ((long)i, row))], kinds);
        var scaling = statistics.Scaling(_ => kind, isReconstructed: _ => false, far);
        return new(
            scaling.Offset,
            Array.ConvertAll(scaling.Scale, scale => float.IsFinite(scale) ? scale : 0),
            statistics.Minimum.ToArray(),
            statistics.Maximum.ToArray()
        );
    }

    /// <exception cref="ArgumentException">A row is null, of another width or not finite; or there is none.</exception>
    public static void Check(IReadOnlyList<float[]> rows, string parameter, int width)
    {
        if (rows.Count == 0)
            throw new ArgumentException("There is no row to take means and ranges of; give the training rows, or null.", parameter);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i] is not { } row)
                throw new ArgumentException(Invariant($"Row {i} (counted from 0) is null."), parameter);
            if (row.Length != width || width == 0)
            {
                throw new ArgumentException(
                    Invariant($"Row {i} (counted from 0) has {row.Length} values; expected {Math.Max(1, width)}, as many as the first."),
                    parameter
                );
            }
            if (FiniteValues.IndexOfFirstOther(row) is >= 0 and var slot)
            {
                throw new ArgumentException(
                    Invariant($"Row {i} (counted from 0), value {slot} is {row[slot]}; only finite numbers can be corrupted."),
                    parameter
                );
            }
        }
    }
}
