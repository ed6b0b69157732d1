using MLNet.Vae.Calibration;

namespace MLNet.Vae.Tests.Calibration;

public class ConformalThresholdTests
{
    /// <summary>At rank (1 − c)(n + 1), in proportion between two scores.</summary>
    [Theory]
    [InlineData(0.5, 5.5)]
    [InlineData(0.3, 7.7)]
    [InlineData(0.25, 8.25)]
    [InlineData(0.1, 9.9)]
    public void Lies_at_its_rank(double contamination, double expected)
        => Assert.Equal(expected, ConformalThreshold.Of([.. Enumerable.Range(1, 10).Select(i => (float)i)], contamination), 1e-9);

    /// <summary>Of n scores and one more from the same source, any of the n + 1 ranks is as likely for that one.</summary>
    [Theory]
    [InlineData(19, 0.05)]
    [InlineData(100, 0.05)]
    [InlineData(120, 0.05)]
    [InlineData(250, 0.01)]
    [InlineData(40, 0.3)]
    public void As_many_as_asked_for_lie_above_in_the_mean(int count, double contamination)
    {
        var random = new Random(count);
        const int Repeats = 4_000;
        var above = 0.0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            // Uniform numbers, so that 1 − threshold is the share above it.
            float[] scores = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle()).Order()];
            above += 1 - ConformalThreshold.Of(scores, contamination);
        }
        Assert.InRange(above / Repeats, 0.95 * contamination, 1.05 * contamination);
    }

    /// <summary>Beyond the highest score, as an exponential tail goes on.</summary>
    [Theory]
    [InlineData(200, 0.001)]
    [InlineData(50, 0.005)]
    [InlineData(100, 0.002)]
    public void Where_no_score_is_high_enough_it_lies_beyond_them(int count, double contamination)
    {
        var random = new Random(count);
        const int Repeats = 2_000;
        var above = 0.0;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            float[] scores = [.. Enumerable.Range(0, count).Select(_ => (float)-Math.Log(1 - random.NextDouble())).Order()];
            var threshold = ConformalThreshold.Of(scores, contamination);
            Assert.True(threshold > scores[^1]);
            above += Math.Exp(-threshold);
        }
        Assert.InRange(above / Repeats, 0.5 * contamination, 2 * contamination);
    }

    [Fact]
    public void Lies_on_a_score_that_most_have() => Assert.Equal(1, ConformalThreshold.Of([1, 1, 1, 1, 2], 0.4), 0.61);

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(1e-9)]
    public void Is_finite_whatever_the_scores(double contamination)
    {
        float[][] all =
        [
            [2.5f], [float.PositiveInfinity], [1, float.PositiveInfinity, float.PositiveInfinity], [float.MaxValue, float.MaxValue],
            [-float.MaxValue, float.MaxValue], [3, 3, 3, 3, 3, 3],
        ];
        Assert.All(all, scores => Assert.True(double.IsFinite(ConformalThreshold.Of(scores, contamination))));
    }
}
