using System.Globalization;
using Microsoft.ML;

namespace MLNet.Vae.Reporting;

/// <summary>The model's options, its training and the data, as names and values.</summary>
internal static class Facts
{
    public sealed record Fact(string Name, string Value);

    public static IReadOnlyDictionary<string, IReadOnlyList<Fact>> Of(
        VaeModelInfo info,
        ReportRows rows,
        DataViewSchema schema,
        VaeReportOptions options
    )
    {
        var groups = new Dictionary<string, IReadOnlyList<Fact>> { ["Model"] = [.. OfModel(info)] };
        if (info.Training is { } training)
            groups["Training"] = [.. OfTraining(training)];
        groups["Data"] = [.. OfData(info, rows, schema)];
        if (options.Notes.Count > 0)
            groups["Notes"] = [.. options.Notes.Select(note => new Fact(note.Key, note.Value))];
        return groups;
    }

    private static IEnumerable<Fact> OfModel(VaeModelInfo info)
    {
        yield return new("Architecture", info.Architecture);
        yield return new("Latent variable", info.Latent.Describe(info));
        if (info.Table is null)
            yield return new("Likelihood", info.Likelihood);
        if (info.DecoderSigma is { } sigma)
            yield return new("Decoder σ", $"{Number(sigma)}, normalised units");
        if (info.Table is null)
            yield return new("Normalization", info.Normalization);
        if (info.Columns.Condition is { } condition)
            yield return new("Condition", $"{condition}: {Condition(info)}{(info.LearnedPrior ? "; the prior depends on it" : "")}");
        yield return info.Table is { } table
            ? new("Columns", $"{Count(table.Modelled.Count)} modelled, as {Count(info.FeatureCount)} features; "
                + $"{Count(table.Columns.Count - table.Modelled.Count)} set aside")
            : new("Features", $"{Count(info.FeatureCount)}, column {info.Columns.Features}");
        yield return info.TargetCount > 0 ? new("Target", $"{Count(info.TargetCount)} values") : new("Score", Score(info.ScoreKind));
        if (info.Threshold is { } threshold)
        {
            yield return new(
                "Threshold",
                Number(threshold)
                    + (
                        info.Contamination is { } share
                            ? $", set for {share.ToString("0.## %", CultureInfo.InvariantCulture)} anomalies"
                            : ""
                    )
            );
        }
    }

    private static IEnumerable<Fact> OfTraining(VaeTrainingHistory training)
    {
        yield return new("Rows", $"{Count(training.TrainingRows)} trained on, {Count(training.ValidationRows)} held out");
        yield return new("Epochs", $"{Count(training.Epochs.Count)}, best {Count(training.BestEpoch)}");
        yield return new("Ended", training.StopReason switch
        {
            VaeStopReason.Completed => "all epochs were run",
            VaeStopReason.EarlyStopping => "stopped early: the bound on the held-out rows no longer improved",
            VaeStopReason.TimeLimit => "the time limit was reached",
            VaeStopReason.NonFiniteLoss => "the loss was no longer finite",
            _ => "cancelled",
        });
        if (training.Epochs.Count > 0)
        {
            var best = training.Best;
            yield return new(
                "Bound",
                $"{Number(best.Elbo)} nats per row" + (HeldOut(training) is { } held ? $"; {held} on rows held out" : "")
            );
            yield return new("β", Number(best.Beta));
            yield return new("Learning rate", Number(best.LearningRate));
        }

        if (training.Restarts.Count > 0)
        {
            yield return new(
                "Restarts",
                $"{Count(training.Restarts.Count)}; seed "
                + $"{training.Restarts.First(restart => restart.IsChosen).Seed.ToString(CultureInfo.InvariantCulture)} chosen"
            );
        }
        yield return new("Seed", training.Seed.ToString(CultureInfo.InvariantCulture));
        yield return new("Time", Duration(training.Elapsed));
        yield return new("Device", training.Device);
    }

    private static IEnumerable<Fact> OfData(VaeModelInfo info, ReportRows rows, DataViewSchema schema)
    {
        yield return new("Rows", Count(rows.Selection.Total));
        if (rows.Selection.IsSample)
        {
            yield return new(
                "Shown here",
                $"{Count(rows.Count)}, drawn evenly{(rows.Table is null ? "" : "; worst rows and columns are of all")}"
            );
        }
        if (rows.LeftOut > 0)
            yield return new("Left out", $"{Count(rows.LeftOut)} with {ReportMessages.Unfit(rows.Table is not null)}");
        if (rows.Statistics is { } statistics)
        {
            yield return new("Feature values", $"{Number(statistics.Minimum.Min())} to {Number(statistics.Maximum.Max())}");
            var constant = statistics.StandardDeviation.Count(deviation => deviation == 0);
            if (constant > 0)
                yield return new("Constant features", $"{Count(constant)} of {Count(info.FeatureCount)}");
        }
        yield return new("Columns", string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => column.Name)));
    }

    private static string Condition(VaeModelInfo info) => info.ConditionKind switch
    {
        VaeInputKind.Key => $"a key of {Count(info.ConditionCount)} values",
        VaeInputKind.Boolean => "true or false",
        VaeInputKind.Scalar => "a number",
        _ => $"{Count(info.ConditionCount)} numbers",
    };

    /// <summary>Of the weights that are kept; a model of an earlier version has the bound of its epoch alone.</summary>
    private static string? HeldOut(VaeTrainingHistory training) => training switch
    {
        { FinalValidationElbo: { } bound, FinalValidationStandardError: { } error } => $"{Number(bound)} ± {Number(error)}",
        { Best.ValidationElbo: { } bound } => Number(bound),
        _ => null,
    };

    private static string Duration(TimeSpan time) => time.TotalMinutes < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s");

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is >= 1e-3 or 0 ? "G5" : "0.0##e0", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Count(long number) => ReportMessages.Count(number);

    private static string Score(VaeScoreKind kind) => kind switch
    {
        VaeScoreKind.NegativeElbo => "negative bound, nats",
        VaeScoreKind.NegativeLogLikelihood => "negative log-likelihood, nats",
        VaeScoreKind.NeighborDistance => "distance to training rows, standard deviations",
        _ => "reconstruction error",
    };
}
