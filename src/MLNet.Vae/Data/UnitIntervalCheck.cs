using MLNet.Vae.Columns;

namespace MLNet.Vae.Data;

/// <summary>Values from 0 to 1.</summary>
internal sealed record UnitIntervalCheck(int Start, int Count, string? Part) : SlotCheck(Start, Count, Part)
{
    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
        => values.Slice(Start, Count).IndexOfAnyExceptInRange(0f, 1f) is >= 0 and var outside
            ? DataErrors.OutsideUnitInterval(input, Start + outside, row, values[Start + outside], Part)
            : null;
}
