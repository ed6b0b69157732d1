using System.Globalization;

namespace MLNet.Vae.Reporting;

/// <summary>What a person should look at, in words.</summary>
internal static class ReportWarnings
{
    // A threshold is a quantile of normal rows: other rows of the same kind exceed it about as often.
    private const double ManyTimesTheShare = 3;
    private const double SmallestShareToMind = 0.005;

    // Of other rows of the same kind few are beyond all of training.
    private const double ManyBeyond = 0.05;

    public static IEnumerable<string> Of(VaeModel model, ReportRows rows, LatentUse use, VaeReportOptions options)
        => [.. OfTraining(model.Info), .. OfLatent(model.Info, rows, use), .. OfRows(model, rows, options)];

    private static IEnumerable<string> OfTraining(VaeModelInfo info)
    {
        if (info.Training is not { } training)
        {
            yield return "The model has no training history: there are no loss curves.";
            yield break;
        }

        foreach (var warning in training.Warnings)
            yield return warning;
        if (training.StopReason == VaeStopReason.NonFiniteLoss && training.Warnings.Count == 0)
        {
            yield return Invariant(
                $"Training stopped as the loss was no longer finite; the model has the weights of epoch {training.BestEpoch}."
            );
        }
        if (training.StopReason == VaeStopReason.Cancelled)
        {
            yield return Invariant(
                $"Training was cancelled after {Epochs(training.Epochs.Count)}; the model has the weights of epoch {training.BestEpoch}."
            );
        }
        if (training.ValidationRows == 0)
        {
            yield return "No rows were held out: the losses are those of the rows trained on, and could not tell when to stop.";
        }
        else if (
            training.StopReason == VaeStopReason.Completed
            && training.Epochs.Count > 1
            && training.BestEpoch == training.Epochs[^1].Epoch
        )
        {
            yield return Invariant($"The last of {Epochs(training.Epochs.Count)} was the best: more may do better.");
        }
    }

    private static IEnumerable<string> OfLatent(VaeModelInfo info, ReportRows rows, LatentUse use)
    {
        var (unused, all) = (use.Unused.Length, info.LatentDimension);
        if (info.Latent.HasCodes)
        {
            var used = rows.Codes!.Distinct().Count();
            if (used < info.CodebookSize)
                yield return $"{Count(info.CodebookSize - used)} of {Count(info.CodebookSize)} codebook entries unused by these rows.";
        }
        else if (unused == all)
        {
            yield return "No dimension is used: the posterior mean is the same for all rows, and the decoder knows nothing of them.";
        }
        else if (unused > 0)
        {
            yield return $"{Count(unused)} of {Count(all)} dimensions unused: {Dimensions(use.Unused)}.";
        }
    }

    private static IEnumerable<string> OfRows(VaeModel model, ReportRows rows, VaeReportOptions options)
    {
        if (!model.IsComplete)
            yield return "The model was loaded from an encoder alone: there are no scores, no reconstructions and no explorer.";
        if (rows.LeftOut > 0)
        {
            yield return $"{Count(rows.LeftOut)} of {Count(rows.Read)} rows left out: they hold "
                + $"{ReportMessages.Unfit(rows.Table is not null)}.";
        }
        if (rows.Label is { } label && label.OfType<bool>().Distinct().ToArray() is { Length: < 2 } found)
        {
            yield return found.Length == 0
                ? $"Column \"{options.LabelColumnName}\" is missing in every row: precision and recall say nothing."
                : $"Column \"{options.LabelColumnName}\" is {(found[0] ? "true" : "false")} in every row"
                    + $"{(label.Contains(null) ? " that has it" : "")}: precision and recall say nothing.";
        }
        foreach (var warning in OfTable(rows, options))
            yield return warning;
        if (rows.Score is { } score && model.Info is { Threshold: { } threshold, Contamination: { } expected })
        {
            var share = rows.Table is { Flagged: { } flagged }
                ? flagged / (double)(rows.Read - rows.LeftOut)
                : score.Count(value => !(value <= threshold)) / (double)rows.Count;
            if (share > ManyTimesTheShare * expected && share > SmallestShareToMind)
                yield return $"{Share(share)} of the rows lie above the threshold, which was set for {Share(expected)}.";
        }
    }

    private static IEnumerable<string> OfTable(ReportRows rows, VaeReportOptions options)
    {
        foreach (var found in rows.Table?.Columns ?? [])
        {
            if (found.Column.Name == options.LabelColumnName)
            {
                yield return $"Column \"{options.LabelColumnName}\" is the label and part of the model too, which has seen what it is to "
                    + "tell. Name it in VaeTableOptions.IgnoredColumnNames.";
            }
            if (found.Observed == 0)
            {
                yield return $"Column \"{found.Column.Name}\" is missing in every row, and was there in training: look at how it is "
                    + "loaded.";
            }
            else if (found.Beyond > ManyBeyond * found.Observed)
            {
                yield return $"Column \"{found.Column.Name}\" holds in {Share(found.Beyond / (double)found.Observed)} of the rows what "
                    + "training had not.";
            }
        }
    }

    private static string Dimensions(int[] dimensions)
    {
        const int Shown = 12;
        var names = dimensions.Take(Shown).Select(dimension => Invariant($"z{dimension}"));
        return string.Join(", ", names) + (dimensions.Length > Shown ? $" and {Count(dimensions.Length - Shown)} more" : "");
    }

    private static string Epochs(int count) => count == 1 ? "1 epoch" : $"{Count(count)} epochs";

    private static string Share(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Count(long number) => ReportMessages.Count(number);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
