namespace Microsoft.ML.Trainers.FastTree;

/// <summary>A feature's values in at most 255 bins; missing ones lie in the first.</summary>
internal sealed class Bins
{
    public const int Most = 255;

    public Bins(float[] values)
    {
        var sorted = values.Where(value => !float.IsNaN(value)).ToArray();
        Array.Sort(sorted);
        Limits = Cut(sorted);
        Codes = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var at = float.IsNaN(values[i]) ? 0 : Array.BinarySearch(Limits, values[i]);
            Codes[i] = (byte)(at < 0 ? ~at : at);
        }
    }

    /// <summary>The largest value of each bin but the last, which has none.</summary>
    public float[] Limits { get; }
    public byte[] Codes { get; }

    // Between neighbouring distinct values; with too many of them, so that bins hold about equally many rows.
    private static float[] Cut(float[] sorted)
    {
        var limits = new List<float>();
        var distinct = 0;
        for (var i = 0; i < sorted.Length; i++)
            distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
        var rows = 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            rows++;
            if (sorted[i] == sorted[i - 1] || (distinct > Most && rows < (sorted.Length - (i - rows)) / (Most - limits.Count)))
                continue;
            if (limits.Count == Most - 1)
                break;
            limits.Add((float)((sorted[i - 1] + (double)sorted[i]) / 2) is var middle && middle < sorted[i] ? middle : sorted[i - 1]);
            rows = 0;
        }
        return [.. limits];
    }
}
