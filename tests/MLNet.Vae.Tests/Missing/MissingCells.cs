using MLNet.Vae.Missing;

namespace MLNet.Vae.Tests.Missing;

/// <summary>Rows some of whose values are hidden at random, a category as a whole.</summary>
internal static class MissingCells
{
    public static List<float[]> Hidden(IEnumerable<float[]> rows, MaskLayout layout, double share, int seed = 1)
    {
        var random = new Random(seed);
        return [.. rows.Select(row => Hidden(row, layout, share, random))];
    }

    public static List<float[]> Hidden(IEnumerable<float[]> rows, double share, int seed = 1)
    {
        var kept = rows.ToList();
        return Hidden(kept, new(kept[0].Length, []), share, seed);
    }

    private static float[] Hidden(float[] row, MaskLayout layout, double share, Random random)
    {
        float[] hidden = [.. row];
        foreach (var slot in layout.Slots)
        {
            if (random.NextDouble() < share)
                hidden[slot] = float.NaN;
        }
        foreach (var (start, count) in layout.Categories)
        {
            if (random.NextDouble() < share)
                hidden.AsSpan(start, count).Fill(float.NaN);
        }
        return hidden;
    }
}
