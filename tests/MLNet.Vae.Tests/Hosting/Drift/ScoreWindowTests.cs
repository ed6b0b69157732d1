using MLNet.Vae.Calibration;
using MLNet.Vae.Drift;

namespace MLNet.Vae.Tests.Hosting.Drift;

public class ScoreWindowTests
{
    private const int Calibration = 100;

    /// <summary>Scores 1 to 100, so that a decile is every tenth.</summary>
    private static ScoreBins Bins => ScoreBins.Of(CalibrationScores.Of(Enumerable.Range(1, Calibration).Select(i => (float)i)));

    [Fact]
    public void Bins_are_deciles()
    {
        Assert.Equal(Enumerable.Repeat(0.1, 10), Bins.Shares.Select(share => Math.Round(share, 12)));
        Assert.Equal([0, 0, 1, 9, 9], new[] { -5f, 10, 11, 1000, float.NaN }.Select(Bins.Of));
    }

    [Fact]
    public void Scores_like_those_of_training_have_no_drift()
    {
        var window = new ScoreWindow(Calibration, Bins, hasThreshold: false);
        window.Add(Rows(Enumerable.Range(1, Calibration).Select(i => (float)i)));
        Assert.Equal(0, window.StabilityIndex!.Value, 12);
        Assert.Null(window.AnomalousShare);
    }

    [Fact]
    public void The_index_is_the_symmetrised_divergence_of_the_bins()
    {
        const int Rows = 200;
        var window = new ScoreWindow(Rows, Bins, hasThreshold: false);
        window.Add(ScoreWindowTests.Rows(Enumerable.Repeat(5f, Rows)));
        // One bin has all rows, nine have half a row each: Siddiqi's sum in closed form.
        const double Empty = 0.5 / Rows;
        var expected = ((1 - 0.1) * Math.Log(1 / 0.1)) + (9 * (Empty - 0.1) * Math.Log(Empty / 0.1));
        Assert.Equal(expected, window.StabilityIndex!.Value, 9);

        // Half of the window replaced by the bin above.
        window.Add(ScoreWindowTests.Rows(Enumerable.Repeat(15f, Rows / 2)));
        expected = (2 * (0.5 - 0.1) * Math.Log(0.5 / 0.1)) + (8 * (Empty - 0.1) * Math.Log(Empty / 0.1));
        Assert.Equal(expected, window.StabilityIndex!.Value, 9);
    }

    [Fact]
    public void Equal_scores_are_in_one_bin_and_all_equal_ones_in_a_single()
    {
        var half = ScoreBins.Of(CalibrationScores.Of(Enumerable.Range(0, Calibration).Select(i => i < 50 ? 1f : i)));
        Assert.Equal(0.5, half.Shares[0], 12);
        Assert.Equal(1, half.Shares.Sum(), 12);
        Assert.DoesNotContain(0, half.Shares);
        Assert.Equal([1.0], ScoreBins.Of(CalibrationScores.Of(Enumerable.Repeat(3f, Calibration))).Shares);
    }

    [Fact]
    public void Thinned_scores_have_the_shares_of_all()
    {
        var bins = ScoreBins.Of(CalibrationScores.Of(Enumerable.Range(0, 50_000).Select(i => (float)i)));
        Assert.All(bins.Shares, share => Assert.Equal(0.1, share, 2));
        Assert.Equal(1, bins.Shares.Sum(), 9);
    }

    [Fact]
    public void Few_rows_say_nothing_of_drift()
    {
        var window = new ScoreWindow(1000, Bins, hasThreshold: true);
        Assert.Null(window.AnomalousShare);
        window.Add(Rows(Enumerable.Repeat(5f, ScoreWindow.FewestRows - 1)));
        Assert.Null(window.StabilityIndex);
        window.Add(Rows([500]));
        Assert.NotNull(window.StabilityIndex);
        Assert.Equal(1.0 / ScoreWindow.FewestRows, window.AnomalousShare!.Value, 12);
    }

    private static VaeRowResult[] Rows(IEnumerable<float> scores)
        => [.. scores.Select(score => new VaeRowResult { Score = score, PredictedLabel = score > Calibration })];
}
