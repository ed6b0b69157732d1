using MLNet.Vae.Modules;
using MLNet.Vae.Runtime;

namespace MLNet.Vae.Tests.Runtime;

public class LogMeanWeightTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-90_000)]
    [InlineData(5_000)]
    public void Is_the_logarithm_of_the_mean_whatever_the_size_of_the_weights(float shift)
    {
        float[] logWeights = [0.5f, -3, 2, float.NegativeInfinity, 2, -40, 1.25f];
        var weights = logWeights.Select(w => Math.Exp(w)).ToArray();
        var mean = weights.Average();
        var deviation = Math.Sqrt(weights.Sum(w => (w - mean) * (w - mean)) / (weights.Length - 1));

        var found = new LogMeanWeight();
        foreach (var chunk in logWeights.Chunk(3))
            found.Add([.. chunk.Select(w => w + shift)]);

        Assert.Equal(shift + Math.Log(mean), found.Value, Math.Abs(shift) * 1e-7 + 1e-12);
        Assert.Equal(deviation / mean / Math.Sqrt(weights.Length), found.StandardError, shift == 0 ? 1e-12 : 0.01);
    }

    [Fact]
    public void Is_minus_infinity_where_every_weight_is_zero_and_NaN_where_one_is()
    {
        var zero = new LogMeanWeight();
        zero.Add([float.NegativeInfinity, float.NegativeInfinity]);
        Assert.Equal(double.NegativeInfinity, zero.Value);
        foreach (var weights in new float[][] { [float.NaN, 1], [1, float.NaN], [float.NaN] })
        {
            var unknown = new LogMeanWeight();
            unknown.Add(weights);
            Assert.Equal(double.NaN, unknown.Value);
        }
    }

    [Fact]
    public void Equal_weights_have_no_error_and_a_single_one_an_unknown_error()
    {
        var weights = new LogMeanWeight();
        weights.Add([-7.7f]);
        Assert.Equal(double.NaN, weights.StandardError);
        weights.Add([-7.7f, -7.7f]);
        Assert.Equal((-7.7f, 0), (weights.Value, weights.StandardError));
    }
}
