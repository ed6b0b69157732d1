using MLNet.Vae.Columns;

namespace MLNet.Vae.Data;

/// <summary>Probabilities that sum to 1, of which one-hot vectors are the usual ones.</summary>
internal sealed record OneHotCheck(int Start, int Count, string? Part) : SlotCheck(Start, Count, Part)
{
    // Probabilities are often written with three digits; whatever else goes wrong is further off.
    private const float Tolerance = 2e-3f;

    public override Exception? Fault(ReadOnlySpan<float> values, InputColumn input, long row)
    {
        var sum = 0f;
        for (var slot = Start; slot < Start + Count; slot++)
        {
            if (values[slot] < 0)
                return DataErrors.NegativeProbability(input, slot, row, values[slot], Part);
            sum += values[slot];
        }
        return Math.Abs(sum - 1) <= Tolerance ? null : DataErrors.NotOneHot(input, Start, Count, row, sum, Part);
    }
}
