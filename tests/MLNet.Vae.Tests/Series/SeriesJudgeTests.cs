using MLNet.Vae.Series;

namespace MLNet.Vae.Tests.Series;

public sealed class SeriesJudgeTests
{
    private const int Steps = 20;

    [Fact]
    public void Evidence_is_the_fall_of_the_density_of_students_t()
    {
        var level = new VaeSeriesLevel { Mean = 2, Deviation = 0.5, DegreesOfFreedom = 5 };
        // −ln of (1 + z²/ν)^−(ν+1)/2, z = 3.
        Assert.Equal(3 * Math.Log(1 + 9.0 / 5), level.Evidence(3.5), 12);
        Assert.Equal(level.Evidence(3.5), level.Evidence(0.5), 12);
        Assert.Equal(0, level.Evidence(2));
        // Of many values it is that of a normal distribution.
        Assert.Equal(4.5, (level with { DegreesOfFreedom = 1e9 }).Evidence(3.5), 6);
    }

    [Fact]
    public void Channels_and_model_add_up()
    {
        var judge = new SeriesJudge(Info(effective: 1_000, modelScore: new() { Mean = 10, Deviation = 1, DegreesOfFreedom = 1e9 }));
        // The first channel lies at 0.4, where its mean over a window has a deviation of 0.1 and that of the newest two of 0.2.
        var window = Enumerable.Range(0, 2 * Steps).Select(i => i % 2 == 0 ? 0.4f : 0).ToArray();
        var modelTerms = Enumerable.Range(0, 2 * Steps).Select(i => i % 2 == 0 ? 1f : 3f).ToArray();
        var terms = new double[2];

        var channels = judge.Judge(window, modelScore: 10, modelTerms, terms);
        var first = ((0.4 / 0.1) * (0.4 / 0.1) / 2 + (0.4 / 0.2) * (0.4 / 0.2) / 2) / 2 - SeriesJudge.Usual;
        Assert.Equal(first, channels, 5);
        Assert.Equal([first, 0], terms.Select(term => Math.Round(term, 5)));

        var both = judge.Judge(window, modelScore: 14, modelTerms, terms);
        var model = 16 / 2.0 - SeriesJudge.Usual;
        Assert.Equal(first + model, both, 5);
        Assert.Equal(first + model / 4, terms[0], 5);
        Assert.Equal(model * 3 / 4, terms[1], 5);
        Assert.Equal(both, terms.Sum(), 9);

        // More like training than training itself.
        Assert.Equal(channels, judge.Judge(window, modelScore: -1e6, modelTerms, terms), 9);
    }

    [Fact]
    public void A_channel_that_training_told_nothing_of_is_not_judged()
    {
        var judge = new SeriesJudge(Info(effective: 9.9, modelScore: null));
        Assert.Equal(0, judge.Judge(Enumerable.Repeat(1e6f, 2 * Steps).ToArray(), 1e6, new float[2 * Steps], new double[2]));
    }

    [Fact]
    public void Its_shares_sum_whatever_the_model_says()
    {
        var judge = new SeriesJudge(Info(effective: 1_000, modelScore: new() { Mean = 0, Deviation = 1, DegreesOfFreedom = 30 }));
        var terms = new double[2];
        foreach (var term in new[] { 0f, -1f, float.PositiveInfinity })
        {
            var score = judge.Judge(new float[2 * Steps], 50, Enumerable.Repeat(term, 2 * Steps).ToArray(), terms);
            Assert.True(score > 0);
            Assert.Equal(score, terms.Sum(), 9);
        }
    }

    /// <summary>
    /// What the statistics of training say of other readings: independent ones are called anomalous as seldom as their density says, and a
    /// drift, of which training saw one direction only, is not judged.
    /// </summary>
    [Fact]
    public void Readings_like_those_of_training_are_seldom_called_anomalous()
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var alarms = 0;
        const int Runs = 200, Windows = 50;
        for (var run = 0; run < Runs; run++)
        {
            double[] training = [.. Enumerable.Range(0, 400).Select(_ => Normal())];
            var worth = EffectiveSize.Of([training]);
            var (window, newest) = (new LevelStatistics(), new LevelStatistics());
            for (var end = Steps; end <= training.Length; end++)
            {
                window.Add(training[(end - Steps)..end].Average());
                newest.Add(training[(end - 2)..end].Average());
            }
            var judge = new SeriesJudge(new()
            {
                Columns = ["c"],
                Steps = Steps,
                Channels =
                [
                    new()
                    {
                        Name = "c",
                        EffectiveReadings = worth,
                        Window = window.Level(Math.Min(worth, training.Length / Steps)),
                        Newest = newest.Level(Math.Min(worth, training.Length / 2)),
                    },
                ],
            });
            for (var i = 0; i < Windows; i++)
            {
                float[] other = [.. Enumerable.Range(0, Steps).Select(_ => (float)Normal())];
                if (judge.Judge(other, 0, new float[Steps], new double[1]) > SeriesJudge.DefaultThreshold)
                    alarms++;
            }
        }
        Assert.InRange(alarms / (double)(Runs * Windows), 0, 0.002);
    }

    private static VaeSeriesInfo Info(double effective, VaeSeriesLevel? modelScore)
    {
        var level = new VaeSeriesLevel { Mean = 0, Deviation = 0.1, DegreesOfFreedom = 1e9 };
        VaeSeriesChannel Channel(string name) =>
            new() { Name = name, EffectiveReadings = effective, Window = level, Newest = level with { Deviation = 0.2 } };
        return new() { Columns = ["a", "b"], Steps = Steps, Channels = [Channel("a"), Channel("b")], ModelScore = modelScore };
    }
}
