using MLNet.Vae.Training;
using static System.FormattableString;

namespace MLNet.Vae.Calibration;

/// <summary>What a detector says of itself: threshold, and scores for p-values.</summary>
internal static class DetectorCalibration
{
    /// <param name="info">Of the model.</param>
    /// <param name="scores">Of normal rows that did not train what scored them, at least one.</param>
    /// <param name="contamination">The share of such rows that is to lie above the threshold.</param>
    /// <param name="log">Warned where the rows are too few.</param>
    public static VaeModelInfo Of(VaeModelInfo info, float[] scores, double contamination, TrainingLog log)
    {
        float[] sorted = [.. scores.Select(score => float.IsNaN(score) ? float.PositiveInfinity : score).Order()];
        var training = info.Training!;
        if (TooFew(sorted.Length, training, contamination) is { } warning)
        {
            training = training with { Warnings = [.. training.Warnings, warning] };
            log.Warn(warning);
        }
        return info with
        {
            Threshold = ConformalThreshold.Of(sorted, contamination),
            Contamination = contamination,
            Calibration = CalibrationScores.Of(sorted),
            Training = training,
        };
    }

    private static string? TooFew(int rows, VaeTrainingHistory training, double contamination)
    {
        var all = training.TrainingRows + training.ValidationRows;
        // A threshold that is set on half of the rows is worth nearly what one that is set on all is.
        var worth = Math.Min(all, 2.0 * rows);
        if (worth * contamination >= ConformalThreshold.LeastRowsAbove)
            return null;
        var needed = Math.Ceiling(ConformalThreshold.LeastRowsAbove / contamination * (all / worth));
        return Invariant($"The threshold for a contamination of {contamination} is set on {rows} of {all} rows, of which ")
            + Invariant($"{rows * contamination:G3} are expected above it: too few to say what share of other rows will be. Train on at ")
            + Invariant($"least {needed:N0} rows, or ask for a contamination of at least {ConformalThreshold.LeastRowsAbove / worth:G2}.");
    }
}
