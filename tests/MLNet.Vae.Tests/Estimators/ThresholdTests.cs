namespace MLNet.Vae.Tests.Estimators;

public class ThresholdTests
{
    [Theory]
    [InlineData(0.5, 5.5)]
    [InlineData(0.3, 7.5)]
    [InlineData(0.1, 9.5)]
    [InlineData(0.19, 9.5)]
    [InlineData(0.05, 10)]
    public void No_more_than_the_share_of_contamination_lies_above(double contamination, double expected)
        => Assert.Equal(expected, VaeAnomalyEstimator.Threshold([3, 1, 4, 2, 10, 9, 6, 5, 8, 7], contamination));

    [Fact]
    public void Lies_half_way_between_the_scores_on_either_side()
    {
        const int Scores = 100;
        for (var percent = 1; percent <= 50; percent++)
        {
            var threshold = VaeAnomalyEstimator.Threshold([.. Enumerable.Range(1, Scores).Select(i => (float)i)], percent / 100.0);
            Assert.Equal(Scores - percent + 0.5, threshold);
        }
    }

    [Fact]
    public void Ties_lie_on_the_normal_side() => Assert.Equal(1.5, VaeAnomalyEstimator.Threshold([1, 1, 1, 1, 2], 0.4));

    [Fact]
    public void One_score_is_its_own_threshold() => Assert.Equal(2.5, VaeAnomalyEstimator.Threshold([2.5f], 0.5));
}
