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
        => rows * contamination >= ConformalThreshold.LeastRowsAbove
            ? null
            : Invariant($"The threshold for a contamination of {contamination} is set on {rows} rows, of which {rows * contamination:G3} ")
                + Invariant($"are expected above it: too few to say what share of other rows will be. Train on at least ")
                + Invariant($"{RowsNeeded(rows, training, contamination):N0} rows, or ask for a contamination of at least ")
                + Invariant($"{(double)ConformalThreshold.LeastRowsAbove / rows:G2}.");

    /// <summary>Of all rows, where those that the threshold is set on may be a part.</summary>
    private static long RowsNeeded(int rows, VaeTrainingHistory training, double contamination)
        => (long)Math.Ceiling(
            ConformalThreshold.RowsNeeded(contamination) * (double)(training.TrainingRows + training.ValidationRows) / rows);
}
