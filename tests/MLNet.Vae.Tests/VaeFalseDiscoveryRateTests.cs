namespace MLNet.Vae.Tests;

public class VaeFalseDiscoveryRateTests
{
    /// <summary>The example of Benjamini and Hochberg 1995, section 3.2: four of fifteen at a rate of 0.05.</summary>
    [Fact]
    public void Reports_what_the_paper_does()
    {
        float[] pValues =
        [
            0.0001f, 0.0004f, 0.0019f, 0.0095f, 0.0201f, 0.0278f, 0.0298f, 0.0344f, 0.0459f, 0.3240f, 0.4262f, 0.5719f, 0.6528f, 0.7590f,
            1,
        ];
        Assert.Equal(Enumerable.Range(0, 15).Select(i => i < 4), VaeFalseDiscoveryRate.Control(pValues, 0.05));
        Assert.Equal(Enumerable.Range(0, 15).Select(i => i >= 11), VaeFalseDiscoveryRate.Control([.. pValues.Reverse()], 0.05));
    }

    /// <summary>A later rank may be low enough where earlier ones are not.</summary>
    [Fact]
    public void The_largest_rank_counts() => Assert.Equal([true, true, false], VaeFalseDiscoveryRate.Control([0.06f, 0.05f, 0.9f], 0.1));

    /// <summary>One twentieth, in single precision, is a little more than in double.</summary>
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void A_p_value_on_the_line_is_reported(double rate)
    {
        Assert.Equal([true], VaeFalseDiscoveryRate.Control([(float)rate], rate));
        Assert.Equal([false], VaeFalseDiscoveryRate.Control([MathF.BitIncrement((float)rate)], rate));
    }

    [Fact]
    public void Reports_nothing_where_there_is_nothing()
    {
        Assert.Empty(VaeFalseDiscoveryRate.Control([], 0.1));
        Assert.Equal([false, false], VaeFalseDiscoveryRate.Control([0.3f, 0.9f], 0.1));
        Assert.Equal([true, true], VaeFalseDiscoveryRate.Control([0.05f, 0.05f], 0.1));
    }

    [Fact]
    public void Few_of_what_is_reported_is_a_false_alarm()
    {
        const double Rate = 0.2;
        var random = new Random(1);
        var share = 0.0;
        const int Repeats = 400;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            // 80 rows that are normal, and 20 that are not.
            float[] pValues = [.. Enumerable.Range(0, 100).Select(i => (i < 80 ? 1 : 1e-3f) * (1 - random.NextSingle()))];
            var reported = VaeFalseDiscoveryRate.Control(pValues, Rate);
            Assert.Equal(20, reported.Skip(80).Count(report => report));
            share += reported.Take(80).Count(report => report) / (double)reported.Count(report => report);
        }
        Assert.InRange(share / Repeats, 0.5 * Rate, 1.1 * Rate);
    }

    [Fact]
    public void Refuses_what_is_out_of_range()
    {
        Assert.StartsWith(
            "A false discovery rate must be above 0 and below 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => VaeFalseDiscoveryRate.Control([0.5f], 1)).Message);
        foreach (var bad in new[] { 0, -1, 1.5f, float.NaN })
        {
            Assert.StartsWith(
                "Row 1 (counted from 0): a p-value must be above 0 and at most 1. Give the column PValue of a detector.",
                Assert.Throws<ArgumentOutOfRangeException>(() => VaeFalseDiscoveryRate.Control([0.5f, bad], 0.1)).Message);
        }
    }
}
