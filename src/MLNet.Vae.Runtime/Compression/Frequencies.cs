namespace MLNet.Vae.Compression;

/// <summary>Probabilities as whole numbers that sum to 2²⁴, none of them 0: any symbol can be said.</summary>
internal static class Frequencies
{
    public const int Precision = 24;

    private const uint All = 1U << Precision;

    /// <summary>Of 1, where 0 has the rest.</summary>
    public static uint OfOne(double probability) => (uint)Math.Clamp(Math.Round(probability * All), 1, All - 1);

    /// <summary>Where each symbol starts; one more, which is 2²⁴.</summary>
    /// <param name="weights">Not negative, of any sum above 0.</param>
    public static uint[] Starts(double[] weights)
    {
        var (sum, room) = (weights.Sum(), (double)(All - weights.Length));
        var starts = new uint[weights.Length + 1];
        var before = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            starts[i] = (uint)i + (uint)(Math.Min(before / sum, 1) * room);
            before += weights[i];
        }
        starts[^1] = All;
        return starts;
    }

    /// <summary>exp of logits, the largest 1.</summary>
    public static double[] Weights(float[] logits)
    {
        var largest = logits.Max();
        return Array.ConvertAll(logits, logit => Math.Exp((double)logit - largest));
    }

    public static void Push(AnsStack stack, uint[] starts, int symbol) =>
        stack.Push(starts[symbol], starts[symbol + 1] - starts[symbol], Precision);

    public static int Pop(AnsStack stack, uint[] starts)
    {
        var found = Array.BinarySearch(starts, stack.Peek(Precision));
        var symbol = found >= 0 ? found : ~found - 1;
        stack.Pop(starts[symbol], starts[symbol + 1] - starts[symbol], Precision);
        return symbol;
    }
}
