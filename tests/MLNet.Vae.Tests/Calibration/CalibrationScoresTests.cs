using MLNet.Vae.Calibration;

namespace MLNet.Vae.Tests.Calibration;

public class CalibrationScoresTests
{
    [Theory]
    [InlineData(0.5f, 1.0)]
    [InlineData(1f, 1.0)]
    [InlineData(2.5f, 3 / 5.0)]
    [InlineData(4f, 2 / 5.0)]
    [InlineData(4.5f, 1 / 5.0)]
    [InlineData(float.PositiveInfinity, 1 / 5.0)]
    [InlineData(float.NaN, 1 / 5.0)]
    public void A_p_value_is_the_share_of_scores_that_are_no_less(float score, double expected)
        => Assert.Equal((float)expected, CalibrationScores.Of([3, 1, 4, 2]).PValue()(score));

    [Fact]
    public void A_score_that_is_not_finite_counts_as_infinite()
    {
        const float Infinite = float.PositiveInfinity;
        var scores = CalibrationScores.Of([float.NaN, 1, Infinite]).Scores;
        Assert.Equal(1, scores[0], 1e-4f);
        Assert.Equal([Infinite, Infinite], scores.Skip(1));
    }

    /// <summary>A row of the calibration itself is no less anomalous than itself, in whatever block it is scored.</summary>
    [Theory]
    [InlineData(1e-3f)]
    [InlineData(7)]
    [InlineData(-123_456)]
    public void Rounding_does_not_set_a_row_below_itself(float score)
    {
        var pValue = CalibrationScores.Of([score]).PValue();
        Assert.All(new[] { MathF.BitDecrement(score), score, MathF.BitIncrement(score) }, other => Assert.Equal(1, pValue(other)));
        Assert.Equal(0.5f, pValue(score + 1e-3f * Math.Max(1, Math.Abs(score))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(1_499)]
    [InlineData(12_345)]
    public void Many_scores_are_thinned_out_and_say_nearly_the_same(int count)
    {
        var random = new Random(count);
        float[] sorted = [.. Enumerable.Range(0, count).Select(i => i / 7f)];
        float[] scores = [.. sorted];
        random.Shuffle(scores);

        var calibration = CalibrationScores.Of(scores);

        Assert.Equal(count, calibration.Rows);
        Assert.True(calibration.Scores.Count <= 1_000);
        Assert.Equal(calibration.Scores.Count, calibration.Weights.Length);
        Assert.Equal(count, calibration.Weights.Sum());
        Assert.Equal(calibration.Scores.Order(), calibration.Scores);
        var pValue = calibration.PValue();
        var group = Math.Max(0, count - 500) / 500 + 1;
        for (var i = 0; i < count; i++)
        {
            var exact = (1.0 + count - i) / (count + 1.0);
            var found = pValue(sorted[i]);
            // Never less than it is, and as it is where it is small.
            Assert.InRange(found, exact - 1e-6, exact + (count - i <= 500 ? 0 : group) / (count + 1.0) + 1e-6);
        }
    }
}
