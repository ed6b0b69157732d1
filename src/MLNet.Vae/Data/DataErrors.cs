using System.Globalization;
using MLNet.Vae.Scoring;

namespace MLNet.Vae.Data;

/// <summary>What is said about training rows that cannot be trained on.</summary>
internal static class DataErrors
{
    public static InvalidOperationException NotFinite(InputColumn input, int slot, long row, float found)
        => input.Kind == VaeInputKind.Key ? MissingKey(input, row)
            : new($"Column '{input.Name}', row {row}{Slot(input, slot)}: expected a finite number, found {Text(found)}. "
                + "Replace missing values first, for example with mlContext.Transforms.ReplaceMissingValues, or filter such rows out.");

    public static InvalidOperationException OutsideUnitInterval(InputColumn input, int slot, long row, float found)
        => new($"Column '{input.Name}', row {row}{Slot(input, slot)}: a Bernoulli likelihood expects values from 0 to 1, found {Text(found)}. "
            + "Set Normalization = VaeNormalization.MinMax, scale the column first, or choose VaeLikelihood.Gaussian.");

    public static InvalidOperationException WrongWidth(string column, long row, int expected, int found)
        => new($"Column '{column}', row {row}: expected {expected} values, as the column's type says, found {found}. "
            + "Every row must have the size that the type gives.");

    public static InvalidOperationException TooFewRows(string column, long found)
        => new($"Column '{column}': training needs at least 2 rows, found {found}. Check the source and the filters before this step.");

    public static InvalidOperationException AllRowsEqual(string column, long rows)
        => new($"Column '{column}': all {rows.ToString(CultureInfo.InvariantCulture)} rows are equal, so there is nothing to learn. "
            + "Check how the column is made.");

    public static InvalidOperationException RowsChanged(string column, long expected, long found)
        => new($"Column '{column}': the source gave {found} rows in this pass and {expected} in the first. "
            + "It must give the same rows each time; cache it with mlContext.Data.Cache if it cannot.");

    private static InvalidOperationException MissingKey(InputColumn input, long row)
        => new($"Column '{input.Name}', row {row}: expected a key from 1 to {input.Width}, found none: it is missing. "
            + "Filter such rows out, or map what is missing to a key of its own.");

    private static string Slot(InputColumn input, int slot)
        => input.Kind != VaeInputKind.Vector ? ""
            : input.Names() is { } names && names[slot].Length > 0 ? $", slot {slot} ('{names[slot]}')"
            : $", slot {slot}";

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
