using MLNet.Vae.Series;

namespace MLNet.Vae.Tests.Series;

public sealed class SeriesStatisticsTests
{
    private const int Steps = 10, Newest = 2;

    /// <summary>Interleaved series, each with a gap: as if the stretches were read one after the other.</summary>
    [Fact]
    public void Series_do_not_mix_and_gaps_begin_stretches()
    {
        var random = new Random(1);
        double[][] stretches = [.. Enumerable.Range(0, 4).Select(_ => Walk(random, 300))];
        var statistics = new SeriesStatistics(channels: 1, Steps, Newest);
        // Series 0 has the stretches 0 and 2, series 1 the stretches 1 and 3.
        for (var half = 0; half < 2; half++)
        {
            for (var end = Steps; end <= 300; end++)
            {
                for (var series = 0; series < 2; series++)
                    statistics.Add(series, Window(stretches[2 * half + series], end));
            }
        }
        var channel = Assert.Single(statistics.Channels(["c"]));
        Assert.Equal(EffectiveSize.Of(stretches), channel.EffectiveReadings, 6);
        double[] means = [.. stretches.SelectMany(stretch => Enumerable.Range(Steps, 300 - Steps + 1)
            .Select(end => stretch[(end - Steps)..end].Average()))];
        Assert.Equal(means.Average(), channel.Window.Mean, 4);
        Assert.Equal(Math.Min(channel.EffectiveReadings, 1_200.0 / Steps) - 1, channel.Window.DegreesOfFreedom, 6);
    }

    [Fact]
    public void A_channel_that_never_changes_shows_any_change()
    {
        var statistics = new SeriesStatistics(channels: 2, Steps, Newest);
        var random = new Random(1);
        double[] noise = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        for (var end = Steps; end <= 200; end++)
            statistics.Add(0, noise[(end - Steps)..end].SelectMany(value => new[] { 5f, (float)value }).ToArray());
        var channels = statistics.Channels(["constant", "noise"]);
        Assert.True(channels[0].IsJudged && channels[1].IsJudged);
        Assert.True(channels[0].Window.Evidence(5) == 0 && channels[0].Window.Evidence(5.01) > 100);
    }

    private static float[] Window(double[] values, int end) => [.. values[(end - Steps)..end].Select(value => (float)value)];

    private static double[] Walk(Random random, int count)
    {
        var value = random.NextDouble();
        // Such that single precision keeps them.
        return [.. Enumerable.Range(0, count).Select(_ => value = (float)(0.8 * value + random.NextDouble()))];
    }
}
