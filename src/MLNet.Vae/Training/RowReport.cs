using MLNet.Vae.Columns;
using MLNet.Vae.Data;
using MLNet.Vae.Messages;
using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>What the log says of the rows that a fit has read.</summary>
internal static class RowReport
{
    private const int NamedSlots = 5, NamedRows = 3;

    /// <param name="log">Takes it.</param>
    /// <param name="rows">Those of the fit.</param>
    /// <param name="inputs">Their columns.</param>
    /// <param name="validationFraction">Share of the rows that was to be held out.</param>
    /// <param name="unused">Features that are known to have one value.</param>
    public static void Write(
        TrainingLog log, TrainingRows rows, TrainingInputs inputs, double validationFraction, IReadOnlySet<int> unused)
    {
        var others = inputs.All.Skip(1).Select(input => Invariant($", {Role(input)} '{input.Name}' of {input.Width} values"));
        log.Info(
            Invariant(
                $"Column '{inputs.Features.Name}': {rows.Layout.Features} features{string.Concat(others)}, ")
                    + Invariant($"{rows.CountOfAll} rows to train on, ")
                    + Invariant($"{rows.HeldOutOfAll} held out, {(rows is StreamedRows ? "streamed once per epoch" : "in memory")}, ")
                        + Invariant($"device {rows.Device}."
            )
        );
        if (validationFraction > 0 && rows.HeldOutOfAll == 0)
            log.Info(NoneHeldOut(inputs.Features));
        if (rows.Layout.Mask is { Features: var features })
        {
            var (there, places) = (Enumerable.Range(0, features).Sum(rows.Statistics.Count), (double)rows.Statistics.Rows * features);
            log.Info(Invariant($"Column '{inputs.Features.Name}': {1 - there / places:P1} of the values are missing."));
        }
        if (rows.RowsWithoutValues is { Count: > 0 } nothing)
        {
            log.Warn($"Column '{inputs.Features.Name}': {ScoringMessages.Count(nothing.Count)} of "
                + $"{ScoringMessages.Count(rows.Statistics.Rows)} rows have no value at all, the first of them row "
                + $"{ScoringMessages.Count(nothing.First)} (counted from 0). They teach nothing but the prior: leave them out.");
        }
        var constant = rows.Statistics.ConstantFeatures().Where(slot => !unused.Contains(slot)).ToList();
        var start = 0;
        foreach (var input in inputs.All)
        {
            var end = start + input.Width;
            var slots = constant.Where(slot => slot >= start && slot < end).Select(slot => slot - start).ToList();
            // How long a sequence is says nothing of its tokens.
            if (slots.Count > 0 && input.Tokens == 0)
            {
                log.Warn(
                    input.Kind == VaeInputKind.Key
                        ? Unseen(input, slots)
                        : Constant(input, slots, slots.Exists(slot => rows.Scaling.IsConstant?[start + slot] ?? false))
                );
            }
            foreach (var far in rows.FarColumns.Where(column => column.Slot >= start && column.Slot < end).GroupBy(column => column.Kind))
                log.Warn(Far(input, [.. far], far.Key, start));
            start = end;
        }
    }

    /// <param name="log">Takes it.</param>
    /// <param name="input">What says that a row is one.</param>
    /// <param name="kept">Those that the model is to carry.</param>
    public static void WriteKnownAnomalies(TrainingLog log, InputColumn input, int kept)
    {
        if (kept == 0)
        {
            log.Warn($"Column '{input.Name}' marks no row as a known anomaly: the detector is the same as without it. Expected true, or 1, "
                + "in the rows that are known to be anomalies.");
            return;
        }
        var most = kept == DataViewSource.MostKnownAnomalies ? ", the most that it can, drawn at random where there are more" : "";
        log.Info(Invariant($"Column '{input.Name}': the model carries {kept} known anomalies{most}. They do not train, and where rows are ")
            + "named by their numbers these are counted without them.");
    }

    /// <param name="log">Takes it.</param>
    /// <param name="shared">Columns that are scaled by one number.</param>
    public static void WriteShared(TrainingLog log, SharedRange shared) => log.Info(
        Invariant($"{shared.Slots.Count} values of a row share the range {shared.Least} to {shared.Largest}, ")
            + Invariant($"and are scaled by one deviation, {shared.Deviation:G3}; others by their own."));

    private static string NoneHeldOut(InputColumn input) =>
        $"Column '{input.Name}': each category has one row, and of one that no row trained on has nothing is learned. So none is held out; "
            + "epochs are reported on rows trained on, and the weights of the last are kept.";

    private static string Constant(InputColumn input, List<int> slots, bool isJudged) =>
        Invariant(
            $"Column '{input.Name}': {slots.Count} of {input.Width} {Values(input)} have one value in all rows and teach ")
                + Invariant($"nothing{(isJudged ? "; any other value later is an anomaly, whatever its unit" : "")}: {Names(input, slots)}."
        );

    private static string Far(InputColumn input, List<FarColumn> columns, FarColumnKind kind, int start)
    {
        var named = columns.Take(NamedSlots).Select(column => $"{Name(input, column.Slot - start)} ({Rows(column)})");
        var places = string.Join(", ", named) + (columns.Count > NamedSlots ? ", …" : "");
        return Invariant($"Column '{input.Name}': a few rows have most of the spread of {columns.Count} of {input.Width} {Values(input)}: ")
            + $"{places}. Rows count from 0. {Scaling(kind)} Look at these rows: correct them or leave them out.";
    }

    private static string Scaling(FarColumnKind kind) => kind switch
    {
        FarColumnKind.Spread => Invariant($"The columns are scaled by the middle 98 % of their values, and what is further than ")
            + Invariant($"{FarColumn.FarSpreads} times the spread of these from their mean counts as that far."),
        FarColumnKind.Range => Invariant($"The columns are scaled by the range of their other values, and what is further than ")
            + Invariant($"{FarColumn.FarSpreads} times the spread of these from their mean counts as that far."),
        _ => "The columns are taken to have one value, and teach nothing; any other value later is an anomaly, whatever its unit.",
    };

    private static string Rows(FarColumn column)
    {
        var rows = column.Values.Take(NamedRows).Select(far => $"row {ScoringMessages.Count(far.Row)}: {BadValue.Number(far.Value)}");
        return string.Join(", ", rows) + (column.Values.Count > NamedRows ? ", …" : "");
    }

    private static string Unseen(InputColumn input, List<int> slots) =>
        Invariant(
            $"Column '{input.Name}': {slots.Count} of {input.Width} keys are in no row or in all; what the model will say of another one ")
                + Invariant($"has not been learned: {Names(input, slots)}."
        );

    private static string Names(InputColumn input, List<int> slots)
    {
        var first = string.Join(", ", slots.Take(NamedSlots).Select(slot => Name(input, slot)));
        return slots.Count > NamedSlots ? first + ", …" : first;
    }

    private static string Name(InputColumn input, int slot) => input.Names() is { } names ? $"'{names[slot]}'" : Invariant($"{slot}");

    private static string Values(InputColumn input) => input.Role switch
    {
        InputRole.Features => "features",
        InputRole.Target => "target values",
        InputRole.Label => "label values",
        _ => "condition values",
    };

    private static string Role(InputColumn input) => input.Role switch
    {
        InputRole.Target => "target",
        InputRole.Label => "label",
        _ => "condition",
    };
}
