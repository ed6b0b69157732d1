using System.Globalization;
using MLNet.Vae.Data;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Training;

/// <summary>What to do about a training that gave no weights: the value that is to blame, or the options that may be.</summary>
internal static class DivergenceAdvice
{
    // Normalised. Products of a few of them are beyond single precision, and what is learned by their gradient before that is of no use.
    private const float TooLarge = 1e6f;

    public static string Of(TrainingRows rows, TrainingInputs inputs, VaeModelOptions options)
    {
        var slot = Enumerable.Range(0, rows.Layout.Width).MaxBy(j => Math.Max(Size(rows, j, largest: false), Size(rows, j, largest: true)));
        var isLargest = Size(rows, slot, largest: true) >= Size(rows, slot, largest: false);
        var standardise =
            !options.NormalizationOf(slot, rows.Layout).IsStandardization
            && !options.Likelihood.Faults(VaeNormalization.Standardize).Any()
                ? $", or set {nameof(VaeModelOptions.Normalization)} = {nameof(VaeNormalization)}.{nameof(VaeNormalization.Standardize)}"
                : "";
        if (Size(rows, slot, isLargest) is var size && !(size > TooLarge))
            return $"Lower LearningRate or MaximumGradientNorm{standardise}.";
        var (row, value) = isLargest
            ? (rows.Statistics.MaximumRow(slot), rows.Statistics.Maximum[slot])
            : (rows.Statistics.MinimumRow(slot), rows.Statistics.Minimum[slot]);
        var normalised = size.ToString("G3", CultureInfo.InvariantCulture);
        return $"{Place(inputs, slot, row)}: {BadValue.Number(value)}, normalised {normalised}, is too large for single precision. "
            + $"Leave such rows out{standardise}.";
    }

    /// <summary>How far from 0 the least or the largest value of a column is, normalised.</summary>
    private static float Size(TrainingRows rows, int slot, bool largest)
    {
        var value = largest ? rows.Statistics.Maximum[slot] : rows.Statistics.Minimum[slot];
        var limit = rows.Scaling.Limit?[slot] ?? float.PositiveInfinity;
        return Math.Min(Math.Abs((value - rows.Scaling.Offset[slot]) / rows.Scaling.Scale[slot]), limit);
    }

    private static string Place(TrainingInputs inputs, int slot, long row)
    {
        var start = 0;
        foreach (var input in inputs.All)
        {
            if (slot < start + input.Width)
            {
                return input.Kind == VaeInputKind.Vector
                    ? BadValue.Place(input.Name, row, slot - start, input.Names()?[slot - start])
                    : BadValue.Place(input.Name, row);
            }
            start += input.Width;
        }
        throw new ArgumentOutOfRangeException(nameof(slot), slot, null);
    }
}
