namespace Microsoft.ML.Trainers.FastTree;

internal sealed record BoostingSettings(int Leaves, int Trees, int LeastRows, double LearningRate)
{
    /// <summary>The log odds are the score times this.</summary>
    public double ScoreScale => 2 * LearningRate;
}

/// <summary>
/// Boosting with logistic loss: each tree is grown leaf by leaf to the gradients' least squares, best gain first, and its outputs are Newton steps
/// (Friedman 2001; Burges 2010, section 6).
/// </summary>
internal sealed unsafe class TreeBooster
{
    private const double SmallestGain = 1e-12;
    private const double SmallestCurvature = 1e-9;
    private const double LargestOutput = 100;

    private readonly BoostingSettings _settings;
    private readonly bool[] _labels;
    private readonly Bins[] _features;
    private readonly double[] _scores;
    private readonly float[] _gradients;

    public TreeBooster(float[][] columns, bool[] labels, BoostingSettings settings)
    {
        (_labels, _settings) = (labels, settings);
        _features = new Bins[columns.Length];
        Parallel.For(0, columns.Length, i => _features[i] = new Bins(columns[i]));
        _scores = new double[labels.Length];
        _gradients = new float[labels.Length];
    }

    public Tree[] Train() => [.. Enumerable.Range(0, _settings.Trees).Select(_ => Grow())];

    private Tree Grow()
    {
        for (var row = 0; row < _labels.Length; row++)
            _gradients[row] = (float)((_labels[row] ? 1 : 0) - Probability(row));

        var tree = new Tree();
        var leaves = new List<Leaf> { new(Enumerable.Range(0, _labels.Length).ToArray(), new Histogram[_features.Length]) };
        Measure(leaves[0], null);
        while (leaves.Count < _settings.Leaves && leaves.MaxBy(leaf => leaf.Best.Gain) is { Best.Gain: > SmallestGain } parent)
        {
            var (feature, bin, _) = parent.Best;
            var codes = _features[feature].Codes;
            int[] left = [.. parent.Rows.Where(row => codes[row] <= bin)];
            int[] right = [.. parent.Rows.Where(row => codes[row] > bin)];
            tree.Split(leaves.IndexOf(parent), feature, _features[feature].Limits[bin]);

            // Only the smaller side is counted; the larger is what remains of the parent.
            var smaller = new Leaf(left.Length <= right.Length ? left : right, new Histogram[_features.Length]);
            var larger = new Leaf(left.Length <= right.Length ? right : left, parent.Histograms);
            Measure(smaller, larger);
            leaves[leaves.IndexOf(parent)] = left.Length <= right.Length ? smaller : larger;
            leaves.Add(left.Length <= right.Length ? larger : smaller);
        }

        for (var i = 0; i < leaves.Count; i++)
        {
            var output = NewtonStep(leaves[i].Rows);
            tree.SetLeaf(i, output);
            foreach (var row in leaves[i].Rows)
                _scores[row] += output;
        }
        return tree;
    }

    private double Probability(int row) => 1 / (1 + Math.Exp(-_settings.ScoreScale * _scores[row]));

    private double NewtonStep(int[] rows)
    {
        double gradient = 0;
        double curvature = 0;
        foreach (var row in rows)
        {
            var probability = Probability(row);
            gradient += _gradients[row];
            curvature += probability * (1 - probability);
        }
        var step = gradient / (Math.Max(curvature, SmallestCurvature) * _settings.ScoreScale);
        return _settings.LearningRate * Math.Clamp(step, -LargestOutput, LargestOutput);
    }

    // Each feature by itself, and the first of equals wins, so that the number of threads changes nothing.
    private void Measure(Leaf counted, Leaf remaining)
    {
        var gradients = Array.ConvertAll(counted.Rows, row => _gradients[row]);
        var splits = new (Split Counted, Split Remaining)[_features.Length];
        Parallel.For(0, _features.Length, i =>
        {
            var histogram = counted.Histograms[i] = new Histogram(_features[i], counted.Rows, gradients);
            remaining?.Histograms[i].Subtract(histogram);
            splits[i] = (histogram.Best(i, _settings.LeastRows), remaining is null ? default : remaining.Histograms[i].Best(i, _settings.LeastRows));
        });
        foreach (var (forCounted, forRemaining) in splits)
        {
            counted.Best = forCounted.Gain > counted.Best.Gain ? forCounted : counted.Best;
            if (remaining is not null && forRemaining.Gain > remaining.Best.Gain)
                remaining.Best = forRemaining;
        }
    }

    private readonly record struct Split(int Feature, int Bin, double Gain);

    private sealed class Leaf(int[] rows, Histogram[] histograms)
    {
        public int[] Rows { get; } = rows;
        public Histogram[] Histograms { get; } = histograms;
        public Split Best { get; set; }
    }

    /// <summary>Rows and summed gradients of each bin.</summary>
    private sealed class Histogram
    {
        private readonly (double Sum, int Count)[] _bins;

        public Histogram(Bins bins, int[] rows, float[] gradients)
        {
            _bins = new (double, int)[bins.Limits.Length + 1];
            fixed ((double Sum, int Count)* into = _bins)
            fixed (byte* codes = bins.Codes)
            fixed (int* row = rows)
            fixed (float* gradient = gradients)
            {
                for (var i = 0; i < rows.Length; i++)
                {
                    var bin = into + codes[row[i]];
                    bin->Sum += gradient[i];
                    bin->Count++;
                }
            }
        }

        public void Subtract(Histogram other)
        {
            for (var i = 0; i < _bins.Length; i++)
                _bins[i] = (_bins[i].Sum - other._bins[i].Sum, _bins[i].Count - other._bins[i].Count);
        }

        public Split Best(int feature, int leastRows)
        {
            double total = 0;
            var rows = 0;
            foreach (var (sum, count) in _bins)
                (total, rows) = (total + sum, rows + count);
            var best = default(Split);
            double left = 0;
            var leftRows = 0;
            for (var bin = 0; bin < _bins.Length - 1; bin++)
            {
                left += _bins[bin].Sum;
                leftRows += _bins[bin].Count;
                if (leftRows < leastRows || rows - leftRows < leastRows)
                    continue;
                var right = total - left;
                var gain = (left * left / leftRows) + (right * right / (rows - leftRows)) - (total * total / rows);
                if (gain > best.Gain)
                    best = new Split(feature, bin, gain);
            }
            return best;
        }
    }
}
