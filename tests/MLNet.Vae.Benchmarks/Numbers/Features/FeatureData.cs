namespace MLNet.Vae.Benchmarks.Numbers.Features;

/// <summary>Rows to learn from and rows to be judged by, with their classes.</summary>
/// <param name="Rows">Of the training, <c>[rows][features]</c>.</param>
/// <param name="Labels">Their classes, from 0.</param>
/// <param name="TestRows">Rows that nothing is learned from.</param>
/// <param name="TestLabels">Their classes.</param>
internal sealed record FeatureData(float[][] Rows, int[] Labels, float[][] TestRows, int[] TestLabels)
{
    public int Classes { get; } = Labels.Max() + 1;

    /// <summary>Rows in an order drawn with a fixed seed, the first of them to learn from.</summary>
    public static FeatureData Split(float[][] rows, int[] labels, int training, int test)
    {
        var random = new Random(1);
        int[] order = [.. Enumerable.Range(0, rows.Length).OrderBy(_ => random.Next())];
        int[] first = order[..training], second = order[training..Math.Min(rows.Length, training + test)];
        return new(
            [.. first.Select(row => rows[row])], [.. first.Select(row => labels[row])],
            [.. second.Select(row => rows[row])], [.. second.Select(row => labels[row])]);
    }

    /// <summary>Rows that have a label, drawn anew for each <paramref name="draw"/>; at least two of each class.</summary>
    public int[] Labelled(int count, int draw)
    {
        var random = new Random(draw);
        int[] order = [.. Enumerable.Range(0, Rows.Length).OrderBy(_ => random.Next())];
        if (count >= order.Length)
            return order;
        int[] ofEachClass = [.. Enumerable.Range(0, Classes).SelectMany(label => order.Where(row => Labels[row] == label).Take(2))];
        return [.. ofEachClass, .. order.Except(ofEachClass).Take(count - ofEachClass.Length)];
    }
}
