using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Onnx;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Kit;

/// <summary>What a trained module computes beside what the graphs exported from it do.</summary>
internal static class Parity
{
    /// <summary>Row by row, relative to the largest value of the row.</summary>
    public static void AssertNear(Tensor expected, float[][] found, string what)
    {
        var rows = expected.ToArray().Select(value => (double)value).Chunk(found[0].Length).ToArray();
        Assert.Equal(rows.Length, found.Length);
        for (var i = 0; i < rows.Length; i++)
            Near.Equal(rows[i], found[i], $"{what} of row {i}");
    }

    /// <summary>The score, as the sum of its contributions and as the graph gives it.</summary>
    public static void AssertScore(Tensor expected, IReadOnlyDictionary<string, float[][]> found)
    {
        AssertNear(expected, found["score"], "score");
        var sums = found["contributions"].Select(row => new[] { (float)row.Sum(value => (double)value) });
        AssertNear(expected, [.. sums], "sum of the contributions");
    }

    /// <summary>Of features of very different sizes.</summary>
    public static FeatureScaling Scaling(int width) => new(
        [.. Enumerable.Range(0, width).Select(j => 3f * j - 10)],
        [.. Enumerable.Range(0, width).Select(j => MathF.Pow(2, (j % 8) - 4))]);

    /// <summary>Rows as the networks read them, <c>[rows, width]</c>.</summary>
    public static Tensor Scaled(float[][] rows, FeatureScaling scaling)
    {
        var values = tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, scaling.FeatureCount]);
        return (values - tensor(scaling.Offset)) / tensor(scaling.Scale);
    }

    /// <summary>Values from 0 to 1.</summary>
    public static float[][] RandomRows(int count, int width, Generator random)
        => [.. rand([count, width], generator: random).ToArray().Chunk(width)];
}
