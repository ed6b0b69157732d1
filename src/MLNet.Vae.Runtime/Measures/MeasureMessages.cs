using System.Globalization;
using MLNet.Vae.Messages;

namespace MLNet.Vae.Measures;

/// <summary>Every sentence that the measures say to a user.</summary>
internal static class MeasureMessages
{
    public static string BinsOutOfRange(int maximum) => $"The number of bins must be from 2 to {Number(maximum)}.";

    public static string NotMeasurable(IReadOnlyList<string> faults) =>
        ScoringMessages.Faults("The codes cannot be measured against these factors", faults);

    public static string TooFewRows(int minimum, int found) => $"at least {minimum} rows are needed, but the codes have {found}";

    public static string NullCode(int row) => $"the code of row {Number(row)} is null";

    public static string OtherLength(int row, int expected, int found)
        => $"all codes must be of one length: row {Number(row)} has {Number(found)} dimensions, row 0 has {Number(expected)}";

    public static string TooFewDimensions(int found)
        => $"codes of at least 2 dimensions are needed, as gaps compare the best dimension with the second, but they have {found}";

    public static string NotFinite(int row, int dimension, double value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"codes must be finite: row {row:N0}, dimension {dimension} is {value}; leave such rows out"
        );

    public static string TooFewFactors(int found)
        => $"at least 2 factors are needed, as one alone cannot be mixed up with another, but there {(found == 0 ? "is none" : "is 1")}";

    public static string NullFactor(int index) => $"factor {index} is null";

    public static string Unnamed(int index) => $"factor {index} has a blank name";

    public static string SameName(string name) => $"two factors are named \"{name}\"; give each a name of its own";

    public static string OtherRows(string factor, int expected, int found)
        => $"factor \"{factor}\" has {Number(found)} values for {Number(expected)} codes; give one value for each row, in the same order";

    public static string FactorNotFinite(string factor, int row, double value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"factor \"{factor}\" must be finite, but is {value} in row {row:N0}; leave such rows out"
        );

    public static string OneValue(string factor, double value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"factor \"{factor}\" is {value} in all rows, so that nothing can follow it; leave it out, or give rows in which it varies"
        );

    public static string AllClassesDiffer(string factor) =>
        $"the categorical factor \"{factor}\" has another class in each row, so that no two rows share one; give more rows of a class, or "
        + "make it an ordered factor";

    public static string TooManyClasses(string factor, int maximum, int found) =>
        $"the categorical factor \"{factor}\" has {Number(found)} classes, at most {maximum} are allowed; join some, or make it an "
        + "ordered factor";

    public static string NoSamples(int found) => $"The number of samples must be at least 1; it is {Number(found)}.";

    public static string TooFewRowsToCompare(string what, int minimum, int found) =>
        $"At least {minimum} {what} rows are needed, as medians and quantiles of fewer mean little; there {(found == 1 ? "is" : "are")} "
        + $"{found}.";

    public static string SamplesAreNoFeatures() =>
        "This model reconstructs a target, not its features, so that its samples cannot be encoded again. Measure a model without "
        + "VaeOptions.TargetColumnName.";

    public static string NoEmbedding()
        => "The transformer adds no column of embeddings: expected one that does. Name VaeColumns.Embedding in WithColumns(...).";

    public static string NoNameColumn(string column, IEnumerable<string> found)
        => $"The column of names \"{column}\" is missing; the data has {ScoringMessages.List(found)}. Name one of these, or leave it out.";

    public static string NoNames(string column, string type)
        => $"The column of names \"{column}\" must be a text, a key or a number; it is {type}. Name another, or leave it out.";

    public static string NoRows() => "At least 1 row is needed to search; there is none.";

    public static string NotEmbedded(int row)
        => $"Row {Number(row)} (counted from 0) has no embedding: a value of its features is not finite. Leave such rows out.";

    public static string OtherDimension(int expected, int found)
        => $"The vector must have {Number(expected)} values, as the embeddings have; it has {Number(found)}.";

    public static string VectorNotFinite(float value)
        => string.Create(CultureInfo.InvariantCulture, $"The vector must be finite, but has {value}.");

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
