using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Scoring;

namespace MLNet.Vae.Data;

/// <summary>What is said about training rows that cannot be trained on.</summary>
internal static class DataErrors
{
    public static InvalidOperationException NotFinite(DataViewSchema.Column column, int slot, long row, float found)
        => new($"Column '{column.Name}', row {row}, {Slot(column, slot)}: expected a finite number, found {Text(found)}. "
            + "Replace missing values first, for example with mlContext.Transforms.ReplaceMissingValues, or filter such rows out.");

    public static InvalidOperationException OutsideUnitInterval(DataViewSchema.Column column, int slot, long row, float found)
        => new($"Column '{column.Name}', row {row}, {Slot(column, slot)}: a Bernoulli likelihood expects values from 0 to 1, found {Text(found)}. "
            + "Set Normalization = VaeNormalization.MinMax, scale the column first, or choose VaeLikelihood.Gaussian.");

    public static InvalidOperationException WrongWidth(DataViewSchema.Column column, long row, int expected, int found)
        => new($"Column '{column.Name}', row {row}: expected {expected} values, as the column's type says, found {found}. "
            + "Every row must have the size that the type gives.");

    public static InvalidOperationException TooFewRows(string column, long found)
        => new($"Column '{column}': training needs at least 2 rows, found {found}. Check the source and the filters before this step.");

    public static InvalidOperationException AllRowsEqual(string column, long rows)
        => new($"Column '{column}': all {rows.ToString(CultureInfo.InvariantCulture)} rows are equal, so there is nothing to learn. "
            + "Check how the column is made.");

    public static InvalidOperationException RowsChanged(string column, long expected, long found)
        => new($"Column '{column}': the source gave {found} rows in this pass and {expected} in the first. "
            + "It must give the same rows each time; cache it with mlContext.Data.Cache if it cannot.");

    private static string Slot(DataViewSchema.Column column, int slot)
        => OutputColumns.SlotNamesOf(column, ((VectorDataViewType)column.Type).Size) is { } names && names[slot].Length > 0
            ? $"slot {slot} ('{names[slot]}')"
            : $"slot {slot}";

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
