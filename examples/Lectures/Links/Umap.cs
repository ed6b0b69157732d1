namespace Lectures.Links;

/// <summary>
/// UMAP: points of a plane that keep the neighbours of vectors (McInnes, Healy and Melville 2018, algorithms 1 to 5). Neighbours are found
/// exactly, by comparing all pairs, so that it is for thousands of vectors at most.
/// </summary>
internal static class Umap
{
    // Of 1 / (1 + a d^2b), fitted to 1 up to a distance of 0.1 and exp(0.1 - d) beyond (definition 11, min-dist 0.1).
    private const double A = 1.577, B = 0.895;

    private const int Epochs = 500, Negatives = 5, Bisections = 64;

    // The paper's own: of a step in a coordinate, and of the plane that the points start in.
    private const double LargestStep = 4, StartWidth = 10;

    /// <param name="vectors"><c>[n][D]</c>, n above <paramref name="neighbors"/>.</param>
    /// <param name="neighbors">k: more show the whole, fewer the detail.</param>
    /// <param name="seed">Makes the picture repeatable.</param>
    public static (double X, double Y)[] Layout(float[][] vectors, int neighbors, int seed)
    {
        var random = new Random(seed);
        var edges = FuzzyGraph(vectors, neighbors);
        var points = PrincipalPlane(vectors, random);
        var heaviest = edges.Max(edge => edge.Weight);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            var rate = 1 - (double)epoch / Epochs;
            foreach (var (from, to, weight) in edges)
            {
                // As often as it weighs.
                if (random.NextDouble() * heaviest >= weight)
                    continue;
                Move(points[from], points[to], rate, d => -2 * A * B * Math.Pow(d, B - 1) / (1 + A * Math.Pow(d, B)), both: true);
                for (var i = 0; i < Negatives; i++)
                {
                    if (random.Next(points.Length) is var other && other != from)
                        Move(points[from], points[other], rate, d => 2 * B / ((0.001 + d) * (1 + A * Math.Pow(d, B))), both: false);
                }
            }
        }
        return Array.ConvertAll(points, point => (point[0], point[1]));
    }

    /// <summary>Along the gradient of the cross-entropy (section 3.2), of which <paramref name="factor"/> of d² multiplies x − y.</summary>
    private static void Move(double[] x, double[] y, double rate, Func<double, double> factor, bool both)
    {
        var squared = (x[0] - y[0]) * (x[0] - y[0]) + (x[1] - y[1]) * (x[1] - y[1]);
        if (squared == 0)
            return;
        var pull = factor(squared);
        for (var axis = 0; axis < 2; axis++)
        {
            var step = rate * Math.Clamp(pull * (x[axis] - y[axis]), -LargestStep, LargestStep);
            x[axis] += step;
            if (both)
                y[axis] -= step;
        }
    }

    /// <summary>Both directions of each edge, with the weight w + w′ − w·w′ of the fuzzy union.</summary>
    private static (int From, int To, double Weight)[] FuzzyGraph(float[][] vectors, int neighbors)
    {
        var directed = new Dictionary<(int, int), double>();
        for (var i = 0; i < vectors.Length; i++)
        {
            var near = Enumerable.Range(0, vectors.Length).Where(j => j != i)
                .Select(j => (Row: j, Distance: Distance(vectors[i], vectors[j])))
                .OrderBy(other => other.Distance).Take(neighbors).ToArray();
            var (nearest, scale) = (near[0].Distance, Scale([.. near.Select(other => other.Distance)]));
            foreach (var (row, distance) in near)
                directed[(i, row)] = Math.Exp(-(distance - nearest) / scale);
        }
        return
        [
            .. directed.Keys.SelectMany(edge => new[] { edge, (edge.Item2, edge.Item1) }).Distinct().Select(edge =>
            {
                var (there, back) = (directed.GetValueOrDefault(edge), directed.GetValueOrDefault((edge.Item2, edge.Item1)));
                return (edge.Item1, edge.Item2, there + back - there * back);
            }),
        ];
    }

    /// <summary>σ with Σ exp(−(d − d₁) / σ) = log₂ k (algorithm 3).</summary>
    private static double Scale(double[] distances)
    {
        var wanted = Math.Log2(distances.Length);
        var (low, high) = (1e-6, 1e6);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = Math.Sqrt(low * high);
            if (distances.Sum(d => Math.Exp(-(d - distances[0]) / middle)) < wanted)
                low = middle;
            else
                high = middle;
        }
        return Math.Sqrt(low * high);
    }

    /// <summary>The first two principal components, by power iteration, as a start.</summary>
    private static double[][] PrincipalPlane(float[][] vectors, Random random)
    {
        var mean = Measures.Mean(vectors);
        var rest = Array.ConvertAll(vectors, vector => vector.Zip(mean, (value, m) => (double)value - m).ToArray());
        var points = Array.ConvertAll(vectors, _ => new double[2]);
        for (var axis = 0; axis < 2; axis++)
        {
            double[] direction = [.. mean.Select(_ => random.NextDouble() - 0.5)];
            for (var i = 0; i < 100; i++)
            {
                var next = new double[direction.Length];
                foreach (var row in rest)
                {
                    var along = Dot(row, direction);
                    for (var j = 0; j < next.Length; j++)
                        next[j] += along * row[j];
                }
                var length = Math.Sqrt(Dot(next, next));
                direction = Array.ConvertAll(next, value => value / length);
            }
            var widest = rest.Max(row => Math.Abs(Dot(row, direction)));
            for (var i = 0; i < rest.Length; i++)
            {
                var along = Dot(rest[i], direction);
                points[i][axis] = StartWidth * along / widest;
                for (var j = 0; j < direction.Length; j++)
                    rest[i][j] -= along * direction[j];
            }
        }
        return points;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => ((double)x - y) * ((double)x - y)).Sum());
}
