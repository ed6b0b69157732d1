using System.Globalization;

namespace MLNet.Vae.Messages;

/// <summary>
/// What is said of a value that can be neither trained on nor scored: one voice for both. Rows and slots count from 0; rows are those of
/// the data that was given, whatever the order in which it was read.
/// </summary>
internal static class BadValue
{
    /// <summary>The column between a table and its model.</summary>
    public const string TableFeatures = "TableFeatures";

    /// <summary>Where it is.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="row">The row; <see langword="null"/>: it was not found again.</param>
    /// <param name="slot">The slot of a vector; <see langword="null"/>: the whole of it, or no vector.</param>
    /// <param name="slotName">What the slot is called; null or empty: nothing.</param>
    public static string Place(string column, long? row, int? slot = null, string? slotName = null)
    {
        // Users know the columns of a table, which the features are called after.
        var isOfTable = column == TableFeatures && !string.IsNullOrEmpty(slotName);
        return PlaceIn($"Column \"{(isOfTable ? slotName : column)}\"", row, isOfTable ? null : slot, slotName);
    }

    /// <summary>Where it is, in data without columns.</summary>
    /// <param name="what">What the data are called.</param>
    /// <param name="row">The row; <see langword="null"/>: it was not found again.</param>
    /// <param name="slot">The slot of a vector; <see langword="null"/>: the whole of it, or no vector.</param>
    /// <param name="slotName">What the slot is called; null or empty: nothing.</param>
    public static string PlaceIn(string what, long? row, int? slot = null, string? slotName = null)
    {
        var found = row is { } number
            ? $"row {ScoringMessages.Count(number)} (counted from 0)"
            : "a row that the data does not hold any more";
        return $"{what}, {found}{(slot is { } place ? $", {Slot(place, slotName)}" : "")}";
    }

    /// <summary>Where a group of slots is.</summary>
    /// <param name="place">Of their row.</param>
    /// <param name="slot">The first.</param>
    /// <param name="count">How many.</param>
    public static string Slots(string place, int slot, int count) =>
        $"{place}, slots {ScoringMessages.Count(slot)} to {ScoringMessages.Count(slot + count - 1)}";

    public static string Slot(int slot, string? name) =>
        $"slot {ScoringMessages.Count(slot)}{(string.IsNullOrEmpty(name) ? "" : $" (\"{name}\")")}";

    public static string NotFinite(string place, float found) => $"{place}: expected a finite number, found {Number(found)}";

    /// <summary>A category that is neither there nor missing.</summary>
    public static string MissingInPart(string place, int start, int count) =>
        $"{place}: the category of slots {ScoringMessages.Count(start)} to {ScoringMessages.Count(start + count - 1)} is missing where all "
            + "of them are NaN, found NaN in some of them alone";

    /// <param name="place">Where it is.</param>
    /// <param name="part">What its slots are called, where they are a part of the column.</param>
    /// <param name="expected">By the likelihood.</param>
    /// <param name="found">Instead.</param>
    public static string Outside(string place, string? part, string expected, string found) =>
        $"{place}{(part is null ? "" : $" (part '{part}')")}: the model's likelihood expects {expected}, found {found}";

    public static string MissingKey(string place, int count) =>
        $"{place}: expected a key from 1 to {ScoringMessages.Count(count)}, found none";

    /// <summary>A token that has no key, or one beyond the last.</summary>
    public static string UnknownToken(string place, int tokens) =>
        $"{place}: expected a token, a key from 1 to {ScoringMessages.Count(tokens)}, found a missing key within the sequence";

    public static string TooLong(string place, int most, int found) =>
        $"{place}: expected a sequence of at most {ScoringMessages.Count(most)} tokens, found {ScoringMessages.Count(found)}. "
            + "Train with a greater MaximumLength, or cut such rows or leave them out.";

    /// <summary>
    /// The sentence of a value that is not finite, or of a missing key, and what to do: the usual, or <paramref name="otherwise"/>.
    /// </summary>
    public static string WithRemedy(string sentence, bool isKey, string otherwise) => isKey
        ? $"{sentence}. Leave such rows out, or {otherwise}."
        : $"{sentence}. Replace missing values first (mlContext.Transforms.ReplaceMissingValues), or {otherwise}.";

    public static string WrongWidth(string place, int expected, int found)
        => $"{place}: expected {ScoringMessages.Count(expected)} values, as the column's type says, found {ScoringMessages.Count(found)}. "
            + "Every row must have the size that the type gives.";

    public static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
