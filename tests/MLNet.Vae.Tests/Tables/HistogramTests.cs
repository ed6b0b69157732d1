using MathNet.Numerics.Distributions;
using MLNet.Vae.Tables;

namespace MLNet.Vae.Tests.Tables;

public sealed class HistogramTests
{
    private static readonly double[] Skewed = Sorted(20_000, random => Math.Exp(Normal.Sample(random, 0, 1)));

    [Fact]
    public void Few_values_have_a_bin_each()
    {
        var histogram = HistogramBuilder.Of([1, 1, 2, 5, 5, 5], 128);
        Assert.Equal([1.0, 2, 5], histogram.Lower);
        Assert.Equal(histogram.Lower, histogram.Upper);
        Assert.Equal([2 / 6.0, 1 / 6.0, 3 / 6.0], histogram.Share);
    }

    [Fact]
    public void A_frequent_value_has_a_bin_of_its_own_among_quantiles()
    {
        var sorted = Sorted(10_000, random => random.NextDouble() < 0.3 ? 0.5 : random.NextDouble());
        var histogram = HistogramBuilder.Of(sorted, 100);
        var own = histogram.Lower.ToList().IndexOf(0.5);
        Assert.Equal(0.5, histogram.Upper[own]);
        Assert.InRange(histogram.Share[own], 0.28, 0.32);
        Assert.InRange(histogram.Count, 60, 110);
        Assert.Equal(1, histogram.Share.Sum(), 1e-9);
        for (var bin = 1; bin < histogram.Count; bin++)
            Assert.True(histogram.Lower[bin] > histogram.Upper[bin - 1]);
    }

    [Fact]
    public void Every_value_of_the_sample_is_in_the_bin_that_has_it()
    {
        var histogram = HistogramBuilder.Of(Skewed, 128);
        var map = new HistogramMap(histogram);
        foreach (var value in Skewed)
        {
            var bin = map.Bin(value);
            Assert.InRange(value, histogram.Lower[bin], histogram.Upper[bin]);
        }
        Assert.Equal(0, map.Bin(-1));
        Assert.Equal(histogram.Count - 1, map.Bin(1e9));
    }

    [Fact]
    public void Normal_scores_are_normal_and_lead_back()
    {
        var map = new HistogramMap(HistogramBuilder.Of(Skewed, 128));
        double[] scores = [.. Skewed.Select(map.Score)];
        Assert.Equal(0, scores.Average(), 0.02);
        Assert.Equal(1, scores.Average(score => score * score), 0.05);
        foreach (var value in Skewed.Append(0.001).Append(1_000))
            Assert.Equal(value, map.OfScore(map.Score(value)), 1e-6 * Math.Max(1, value));
        Assert.True(map.Score(1_000) > scores.Max());
    }

    [Fact]
    public void Values_drawn_within_a_bin_have_its_mean()
    {
        var histogram = HistogramBuilder.Of(Skewed, 20);
        var map = new HistogramMap(histogram);
        for (var bin = 0; bin < histogram.Count; bin++)
        {
            const int Ranks = 20_000;
            double[] drawn = [.. Enumerable.Range(0, Ranks).Select(i => map.Within(bin, (i + 0.5) / Ranks))];
            Assert.InRange(drawn.Min(), histogram.Lower[bin], histogram.Upper[bin]);
            Assert.InRange(drawn.Max(), histogram.Lower[bin], histogram.Upper[bin]);
            Assert.Equal(histogram.Mean[bin], drawn.Average(), 0.01 * histogram.Upper[bin]);
        }
    }

    private static double[] Sorted(int count, Func<Random, double> draw)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => draw(random)).Order()];
    }
}
