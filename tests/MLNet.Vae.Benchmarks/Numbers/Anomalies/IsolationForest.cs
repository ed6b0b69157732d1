namespace MLNet.Vae.Benchmarks.Numbers.Anomalies;

/// <summary>
/// 100 trees of random cuts, each of 256 rows; the fewer cuts isolate a row, the greater its score (Liu, Ting and Zhou 2008).
/// </summary>
internal sealed class IsolationForest : IDetector
{
    private const int Trees = 100, Sample = 256;

    public string Name => "isolation forest";

    public float[] Scores(AnomalySplit split, int seed)
    {
        var random = new Random(seed);
        var size = Math.Min(Sample, split.Trained.Length);
        var trees = Enumerable.Range(0, Trees).Select(_ => Grow(Drawn(), 0)).ToArray();
        return [.. split.Tested.Select(row => (float)Math.Pow(2, -trees.Average(tree => tree.Length(row)) / AverageLength(size)))];

        float[][] Drawn()
        {
            var rows = (float[][])split.Trained.Clone();
            random.Shuffle(rows);
            return rows[..size];
        }

        Node Grow(float[][] rows, int depth)
        {
            int[] varied = rows.Length <= 1 || depth >= Math.Log2(size)
                ? []
                : [.. Enumerable.Range(0, rows[0].Length).Where(j => rows.Min(row => row[j]) < rows.Max(row => row[j]))];
            if (varied.Length == 0)
                return new Leaf(depth + AverageLength(rows.Length));
            var feature = varied[random.Next(varied.Length)];
            var (least, greatest) = (rows.Min(row => row[feature]), rows.Max(row => row[feature]));
            var cut = least + random.NextSingle() * (greatest - least);
            return new Cut(
                feature,
                cut,
                Grow([.. rows.Where(row => row[feature] <= cut)], depth + 1),
                Grow([.. rows.Where(row => row[feature] > cut)], depth + 1)
            );
        }
    }

    /// <summary>Of the path to a leaf, were the rows cut to the end.</summary>
    private static double AverageLength(int rows)
    {
        const double EulerMascheroni = 0.5772156649;
        return rows switch
        {
            <= 1 => 0,
            2 => 1,
            _ => 2 * (Math.Log(rows - 1) + EulerMascheroni) - 2.0 * (rows - 1) / rows,
        };
    }

    private abstract record Node
    {
        public abstract double Length(float[] row);
    }

    private sealed record Leaf(double Depth) : Node
    {
        public override double Length(float[] row) => Depth;
    }

    private sealed record Cut(int Feature, float At, Node Below, Node Above) : Node
    {
        public override double Length(float[] row) => (row[Feature] <= At ? Below : Above).Length(row);
    }
}
