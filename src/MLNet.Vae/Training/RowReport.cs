using MLNet.Vae.Columns;
using MLNet.Vae.Data;
using static System.FormattableString;

namespace MLNet.Vae.Training;

/// <summary>What the log says of the rows that a fit has read.</summary>
internal static class RowReport
{
    private const int NamedSlots = 5;

    public static void Write(TrainingLog log, TrainingRows rows, TrainingInputs inputs)
    {
        var others = inputs.All.Skip(1).Select(input => Invariant($", {Role(input)} '{input.Name}' of {input.Width} values"));
        log.Info(
            Invariant(
                $"Column '{inputs.Features.Name}': {rows.Layout.Features} features{string.Concat(others)}, {rows.Count} rows to train on, ")
                    + Invariant($"{rows.HeldOut.size(0)} held out, {(rows is StreamedRows ? "streamed once per epoch" : "in memory")}, ")
                        + Invariant($"device {rows.Device}."
            )
        );
        var constant = rows.Statistics.ConstantFeatures().ToList();
        var start = 0;
        foreach (var input in inputs.All)
        {
            var end = start + input.Width;
            var slots = constant.Where(slot => slot >= start && slot < end).Select(slot => slot - start).ToList();
            if (slots.Count > 0)
            {
                log.Warn(
                    input.Kind == VaeInputKind.Key
                        ? Unseen(input, slots)
                        : Constant(input, slots, slots.Exists(slot => rows.Scaling.Offset[start + slot] != 0))
                );
            }
            start = end;
        }
    }

    private static string Constant(InputColumn input, List<int> slots, bool centred) =>
        Invariant(
            $"Column '{input.Name}': {slots.Count} of {input.Width} {Values(input)} have one value in all rows and teach ")
                + Invariant($"nothing{(centred ? "; another value later is only centred, not scaled" : "")}: {Names(input, slots)}."
        );

    private static string Unseen(InputColumn input, List<int> slots) =>
        Invariant(
            $"Column '{input.Name}': {slots.Count} of {input.Width} keys are in no row or in all; what the model will say of another one ")
                + Invariant($"has not been learned: {Names(input, slots)}."
        );

    private static string Names(InputColumn input, List<int> slots)
    {
        var names = input.Names();
        var first = string.Join(", ", slots.Take(NamedSlots).Select(slot => names is null ? Invariant($"{slot}") : $"'{names[slot]}'"));
        return slots.Count > NamedSlots ? first + ", …" : first;
    }

    private static string Values(InputColumn input) => input.Role switch
    {
        InputRole.Features => "features",
        InputRole.Target => "target values",
        _ => "condition values",
    };

    private static string Role(InputColumn input) => input.Role == InputRole.Target ? "target" : "condition";
}
