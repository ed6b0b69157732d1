using System.Globalization;
using MLNet.Vae.Columns;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Data;

/// <summary>What is said about training rows that cannot be trained on.</summary>
internal static class DataErrors
{
    public static InvalidOperationException NoLabels(string column, long rows) => new(
        $"The label column '{column}' is missing in all of {rows.ToString(CultureInfo.InvariantCulture)} rows: expected some rows of each "
        + "class with a label. Give labels, or train without them (Transforms.VaeEmbed).");

    public static InvalidOperationException NotAFlag(InputColumn input, long row, float found) => new(
        $"The column of known anomalies '{input.Name}' is {found.ToString(CultureInfo.InvariantCulture)} in row "
        + $"{row.ToString(CultureInfo.InvariantCulture)}: expected 1 of an anomaly, 0 or missing (NaN) of other rows. Write it so, or make "
        + "it a Boolean.");

    private const string CheckWidths = "Check the widths of the parts";

    public static InvalidOperationException NotFinite(InputColumn input, int slot, long row, float found) =>
        input.Kind == VaeInputKind.Sequence
            ? new(BadValue.WithRemedy(
                BadValue.UnknownToken(BadValue.Place(input.Name, row, slot), input.Tokens),
                isKey: true,
                "map what is missing to a key of its own"))
            : input.Kind == VaeInputKind.Key
            ? new(BadValue.WithRemedy(BadValue.MissingKey(Place(input, row), input.Width), true, "map what is missing to a key of its own"))
            : new(BadValue.WithRemedy(BadValue.NotFinite(Place(input, row, slot), found), false, "leave such rows out"));

    public static InvalidOperationException MissingInPart(InputColumn input, int slot, long row, int start, int count)
        => new($"{BadValue.MissingInPart(Place(input, row, slot), start, count)}. Give NaN in all of its slots, or the category.");

    public static InvalidOperationException NoValues(InputColumn input, int slot, long rows) => new(
        $"Column \"{input.Name}\", {BadValue.Slot(slot, input.Names()?[slot])}: expected a value in some row, found NaN in all "
        + $"{ScoringMessages.Count(rows)}. Leave the slot out, or give rows that have it.");

    public static InvalidOperationException OutsideUnitInterval(
        InputColumn input, int slot, long row, float found, string? part, string model) =>
        new(
            $"{Place(input, row, slot)}{Of(part)}: {model} expects values from 0 to 1, found {BadValue.Number(found)}. "
                + (part is null ? "Set Normalization = VaeNormalization.MinMax, scale" : $"{CheckWidths}, scale")
                + " the column first, or choose VaeLikelihood.Gaussian."
        );

    public static InvalidOperationException NotACount(
        InputColumn input,
        int slot,
        long row,
        float found,
        string? part,
        string likelihood
    ) =>
        new(
            $"{Place(input, row, slot)}{Of(part)}: a {likelihood} likelihood expects whole numbers of at least 0, "
                + $"found {BadValue.Number(found)}. "
                + $"{(part is null ? "Give counts as they are" : CheckWidths)}, or choose VaeLikelihood.Gaussian."
        );

    public static InvalidOperationException TooLargeACount(
        InputColumn input,
        int slot,
        long row,
        float found,
        string? part,
        string likelihood,
        float largest
    ) =>
        new(
            $"{Place(input, row, slot)}{Of(part)}: a {likelihood} likelihood expects counts up to "
                + $"{ScoringMessages.Count((long)largest)}, found {BadValue.Number(found)}. "
                + "Count in larger units, such as thousands, or choose VaeLikelihood.Gaussian."
        );

    public static InvalidOperationException NegativeProbability(InputColumn input, int slot, long row, float found, string? part) =>
        new(
            $"{Place(input, row, slot)}{Of(part)}: a categorical likelihood expects values of at least 0, found {BadValue.Number(found)}. "
                + $"{(part is null ? "Encode" : $"{CheckWidths}, encode")} the category with "
                + "mlContext.Transforms.Categorical.OneHotEncoding, or choose VaeLikelihood.Gaussian."
        );

    public static InvalidOperationException NotOneHot(InputColumn input, int start, int count, long row, float sum, string? part) =>
        new(
            $"{Place(input, row)}, slots {start} to {start + count - 1}{Of(part)}: a categorical likelihood expects values that sum to 1, "
            + $"as one-hot ones do, found a sum of {BadValue.Number(sum)}. "
                + (
                    sum == 0
                        ? "A missing or unknown category is all zeros: give it a category of its own, or filter such rows out."
                        : $"{(part is null ? "Encode" : $"{CheckWidths}, or encode")} the category with "
                            + "mlContext.Transforms.Categorical.OneHotEncoding."
                )
        );

    public static InvalidOperationException PartsMisfit(InputColumn input, IReadOnlyList<(string Name, int Start, int Count)> parts)
    {
        var slots = input.Width;
        var covered = parts.Sum(part => (long)part.Count);
        var widths = string.Join(", ", parts.Select(part => $"{part.Name} {part.Count.ToString(CultureInfo.InvariantCulture)}"));
        var misfit =
            covered < slots
                ? $"{SlotName(input, (int)covered)}{(covered == slots - 1 ? " belongs" : $" to {SlotName(input, slots - 1)} belong")} to "
                    + "no part"
                : $"part '{parts.First(part => part.Start + (long)part.Count > slots).Name}' reaches past the last slot";
        return new(
            $"Column \"{input.Name}\" has {slots} slots, but the parts of the likelihood ({widths}) cover {covered}: {misfit}. "
                + "Give one part for each column that was concatenated, of its width and in its place."
        );
    }

    public static InvalidOperationException WrongWidth(string column, long row, int expected, int found) =>
        new(BadValue.WrongWidth(BadValue.Place(column, row), expected, found));

    public static InvalidOperationException TooLong(InputColumn input, long row, int found) =>
        new(BadValue.TooLong(BadValue.Place(input.Name, row), input.Width, found));

    public static InvalidOperationException TooFewRows(string column, long found) =>
        new($"Column \"{column}\": training needs at least 2 rows, found {found}. Check the source and the filters before this step.");

    public static InvalidOperationException NotALink(InputColumn input, int slot, long row, float found) =>
        new(
            $"{Place(input, row, slot)}: a categorical likelihood counts how often a category has a link: expected a whole number from 0, "
                + $"found {BadValue.Number(found)}. Give 1 where there is a link and 0 elsewhere, or choose VaeLikelihood.Gaussian."
        );

    public static InvalidOperationException TooManyLinks(long most) =>
        new(
            $"The rows have more than {most.ToString(CultureInfo.InvariantCulture)} links, as many as "
                + "VaeTrainingOptions.MemoryLimit has room for. Raise it, or train on a part of the links."
        );

    public static InvalidOperationException NoneHeldOut(string what, long rows) => new(
        FormattableString.Invariant($"None of {rows} rows is held out, and {what} on such: expected more rows. Give more, and each ")
            + "rank of a group two at least.");

    public static InvalidOperationException NothingHeldOut(string compared, string remedy) =>
        new(
            $"Each category has one row, so that none can be held out, and {compared} are compared on held-out rows: expected some "
                + $"categories with two rows or more. {remedy}, or give more rows of a category."
        );

    public static InvalidOperationException AllRowsEqual(string column, long rows) =>
        new(
            $"Column \"{column}\": all {rows.ToString(CultureInfo.InvariantCulture)} rows are equal, so there is nothing to learn. "
                + "Check how the column is made."
        );

    public static InvalidOperationException RowsChanged(string column, long expected, long found) =>
        new(
            $"Column \"{column}\": the source gave {found} rows in this pass and {expected} in the first. "
                + "It must give the same rows each time; cache it with mlContext.Data.Cache if it cannot."
        );

    private static string Place(InputColumn input, long row, int? slot = null) =>
        input.Kind == VaeInputKind.Vector && slot is { } place
            ? BadValue.Place(input.Name, row, place, NameOf(input, place))
            : BadValue.Place(input.Name, row);

    private static string Of(string? part) => part is null ? "" : $" (part '{part}')";

    private static string SlotName(InputColumn input, int slot) => BadValue.Slot(slot, NameOf(input, slot));

    private static string? NameOf(InputColumn input, int slot) => input.Names()?[slot];
}
