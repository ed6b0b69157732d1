using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>What the codebook learns from batches, against formulas in double precision.</summary>
public sealed class CodebookTests
{
    private const int Size = 3, Dimension = 2;

    /// <summary>
    /// Van den Oord et al. 2017, eq. 6 to 8 unrolled, with Laplace smoothing: 0.1 lies below the decay of the warm-up throughout, 0.99
    /// above it.
    /// </summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.99)]
    public void Its_entries_are_the_moving_averages_of_the_closed_formula(double decay)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var codebook = Create(
            new()
            {
                CodebookSize = Size,
                CodeDimension = Dimension,
                Decay = decay,
                DeadCodeThreshold = 0,
            },
            parameters,
            random
        );
        (double[][] Z, int[] Codes)[] batches =
        [
            ([[1, 2], [-1, 0.5], [0, 3]], [2, 0, 1]),
            ([[1, 2], [-1, 0.5], [0, 3], [2, 2]], [0, 0, 1, 2]),
            ([[5, -2], [4, 0], [0, 0.25], [1, 1]], [2, 2, 2, 0]),
            ([[0.5, -1], [3, 1]], [1, 1]),
        ];

        Learn(codebook, batches[0].Z, batches[0].Codes);
        // The first batch has as many rows as there are entries: each row is one.
        var seeds = Rows(codebook.Entries, Dimension);
        Assert.Equal(batches[0].Z.Order(new ByValue()), seeds.Order(new ByValue()));
        foreach (var (z, codes) in batches.Skip(1))
            Learn(codebook, z, codes);

        var steps = batches.Length - 1;
        var decays = Enumerable.Range(1, steps).Select(t => Math.Min(decay, (1 + (t + 1.0)) / (10 + (t + 1.0)))).ToArray();
        double Left(int t) => decays.Skip(t).Aggregate(1.0, (product, d) => product * d);
        var counts = new double[Size];
        for (var i = 0; i < Size; i++)
            counts[i] = Left(0) + Enumerable.Range(1, steps).Sum(t => Left(t) * (1 - decays[t - 1]) * batches[t].Codes.Count(c => c == i));
        var total = counts.Sum();
        for (var i = 0; i < Size; i++)
        {
            var smoothed = (counts[i] + Codebook.Smoothing) / (total + (Size * Codebook.Smoothing)) * total;
            Assert.Equal(counts[i], codebook.Counts.ToArray()[i], 1e-5);
            for (var j = 0; j < Dimension; j++)
            {
                var sum =
                    (Left(0) * seeds[i][j])
                    + Enumerable
                        .Range(1, steps)
                        .Sum(t =>
                            Left(t) * (1 - decays[t - 1]) * batches[t].Z.Where((_, row) => batches[t].Codes[row] == i).Sum(z => z[j])
                        );
                Assert.Equal(sum / smoothed, Rows(codebook.Entries, Dimension)[i][j], 1e-5);
            }
        }
    }

    [Fact]
    public void An_entry_that_stands_for_nothing_is_seeded_anew_and_others_are_not()
    {
        const int rows = 60;
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var codebook = Create(new() { CodebookSize = Size, CodeDimension = Dimension }, parameters, random);
        var batch = Enumerable.Range(0, rows).Select(i => new double[] { i, -i }).ToArray();
        var toTheFirst = new int[rows];

        Learn(codebook, batch, toTheFirst);
        var seeded = Rows(codebook.Entries, Dimension);
        Assert.All(seeded, entry => Assert.Contains(entry, batch));
        Assert.All(codebook.Counts.ToArray(), count => Assert.Equal(rows / Size, count));

        double[][] other = [.. batch.Select(row => new[] { row[0] + 1000, row[1] })];
        Learn(codebook, other, toTheFirst);
        Assert.Equal(
            seeded[1..],
            Rows(codebook.Entries, Dimension)[1..],
            (one, two) => one.Zip(two).All(p => Math.Abs(p.First - p.Second) < 1e-3)
        );
        Learn(codebook, other, toTheFirst);
        var reborn = Rows(codebook.Entries, Dimension);
        Assert.DoesNotContain(reborn[0], other);
        Assert.All(reborn[1..], entry => Assert.Contains(entry, other));
        Assert.NotEqual(reborn[1], reborn[2]);
        Assert.Equal([rows / Size, rows / Size], codebook.Counts.ToArray()[1..]);
    }

    [Fact]
    public void A_batch_seeds_no_more_entries_than_it_has_rows_and_the_next_ones_go_on()
    {
        const int size = 50;
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var codebook = Create(new() { CodebookSize = size, CodeDimension = 1 }, parameters, random);
        var expected = new HashSet<double>();
        for (var batch = 0; batch < 3; batch++)
        {
            double[][] z = [.. Enumerable.Range(1, 20).Select(i => new double[] { (1000 * batch) + (100 * i) })];
            // To entries of earlier batches, so that they live on.
            Learn(codebook, z, [.. Enumerable.Range(0, 20).Select(i => i + (20 * Math.Max(0, batch - 1)))]);
            Assert.Equal(Math.Min(size, 20 * (batch + 1)), Rows(codebook.Entries, 1).Count(e => e[0] >= 50));
        }
    }

    [Fact]
    public void The_nearest_entry_is_the_one_at_the_smallest_distance()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(2);
        using var parameters = new ParameterVector(CPU);
        var codebook = Create(new() { CodebookSize = 40, CodeDimension = 5 }, parameters, random);
        var z = randn([300, 5], generator: random);

        var codes = codebook.Nearest(z);

        var found = Rows(codebook.Lookup(codes), 5);
        var entries = Rows(codebook.Entries, 5);
        var rows = Rows(z, 5);
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(entries.Min(e => Distance(e, rows[i])), Distance(found[i], rows[i]), 1e-5);
        Assert.Equal(Enumerable.Repeat(1f, rows.Length), codebook.OneHot(codes).sum(1L).ToArray());
        Assert.True(Rows(codebook.OneHot(codes), 40).Count(row => row.Contains(1)) == rows.Length);
    }

    private static double Distance(double[] a, double[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Sum();

    private static Codebook Create(VectorQuantizedLatent options, ParameterVector parameters, Generator random)
    {
        var codebook = new Codebook(options, parameters, random);
        parameters.Build();
        return codebook;
    }

    private static void Learn(Codebook codebook, double[][] z, int[] codes)
    {
        var size = codebook.Counts.numel();
        float[] oneHot = [.. codes.SelectMany(code => Enumerable.Range(0, (int)size).Select(i => i == code ? 1f : 0f))];
        codebook.Learn(
            tensor([.. z.SelectMany(row => row).Select(v => (float)v)], [z.Length, z[0].Length]),
            tensor(oneHot, [z.Length, size])
        );
    }

    private static double[][] Rows(Tensor tensor, int width) => [.. tensor.ToArray().Select(v => (double)v).Chunk(width)];

    private sealed class ByValue : IComparer<double[]>
    {
        public int Compare(double[]? x, double[]? y) => x!.Zip(y!, (a, b) => a.CompareTo(b)).FirstOrDefault(c => c != 0);
    }
}
