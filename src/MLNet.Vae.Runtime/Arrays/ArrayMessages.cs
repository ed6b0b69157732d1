using System.Globalization;

namespace MLNet.Vae.Arrays;

/// <summary>What is said of arrays that a model cannot score: the thing, what was expected, what was found, what to do.</summary>
internal static class ArrayMessages
{
    public static string NoWholeRows(int features, int found)
        => $"Expected rows of {Text(features)} features each, one row after the other, found {Text(found)} values, which is no multiple of "
            + "that. Give all features of each row, in the order of training.";

    public static string Condition(int rows, int condition, int found) => condition == 0
        ? $"This model has no condition: expected none, found {Text(found)} values. Leave it out."
        : $"This model is conditional: expected {Text(condition)} values of the condition, for all rows, or "
            + $"{Text((long)rows * condition)}, {Text(condition)} for each of {Text(rows)} rows, found {Text(found)}. "
            + "VaeScorer.Condition makes them of a category's name.";

    public static string TooShort(int rows, int width, int found)
        => $"Expected room for {Text((long)rows * width)} values, {Text(width)} for each of {Text(rows)} rows, found {Text(found)}. Give a "
            + "longer span.";

    public static string NotGiven(string what, VaeModelInfo info)
        => $"This model gives no {what}: its latent variable is {info.LatentKind}.";

    public static string NoThreshold()
        => "This model has no threshold, so it predicts no labels. Train a detector with AnomalyDetection.Trainers.Vae, or compare scores "
            + "with a threshold of your own.";

    public static string NoCalibration()
        => "This model has no calibration scores, which only detectors have, so it gives no p-values. Train one with "
            + "AnomalyDetection.Trainers.Vae.";

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
