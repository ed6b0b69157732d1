using MLNet.Vae.Reporting;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Report;

/// <summary>The area under the ROC curve and its interval (DeLong, DeLong and Clarke-Pearson 1988).</summary>
public sealed class RocAreaTests(ITestOutputHelper output)
{
    private const float Infinite = float.PositiveInfinity;

    [Theory]
    [InlineData(new[] { 1, float.NaN, 2, float.NaN, 3 }, new[] { 1, 3 }, 1)]
    [InlineData(new[] { float.NaN, float.NaN, float.NaN }, new[] { 1 }, 0.5)]
    [InlineData(new[] { 1, Infinite, float.NaN, -Infinite }, new[] { 1 }, 2.5 / 3)]
    [InlineData(new float[] { 3, 1, 2, 2 }, new[] { 0, 2 }, 0.875)]
    public void Is_the_share_of_pairs_in_order_with_ties_half_and_NaN_as_infinite(float[] scores, int[] anomalies, double area) =>
        Assert.Equal(area, RocArea.Of(scores, [.. scores.Select((_, row) => anomalies.Contains(row))]).Area, 1e-12);

    /// <summary>
    /// Anomalies 4 and 2, normal rows 1, 2 and 3. Placement values: 1 and (1 + ½) / 3 = ½; 1, (1 + ½) / 2 = ¾ and ½. Both have mean ¾;
    /// variances 1/8 and 1/16; so the area's is 1/16 + 1/48 = 1/12.
    /// </summary>
    [Fact]
    public void Has_the_variance_worked_by_hand_where_rows_tie()
    {
        var roc = RocArea.Of([4, 2, 1, 2, 3], [true, true, false, false, false]);
        Assert.Equal((2, 3), (roc.Anomalies, roc.Normals));
        Assert.Equal(0.75, roc.Area, 1e-12);
        Assert.Equal(1 / 12.0, roc.Variance, 1e-12);
        // Odds of 3, times or divided by exp(1.96 √(1/12) / (3/16)).
        var reach = Math.Exp(1.959963984540054 * Math.Sqrt(1 / 12.0) * 16 / 3);
        Assert.Equal(3 / (3 + reach), roc.Interval!.Value.Low, 1e-12);
        Assert.Equal(3 * reach / (1 + (3 * reach)), roc.Interval!.Value.High, 1e-12);
        Assert.Equal("Area under the ROC curve 0.750 (95 % interval 0.128 to 0.984), of 2 anomalous rows and 3 normal rows.", $"{roc}");
    }

    [Fact]
    public void Ranks_give_what_all_pairs_give()
    {
        var random = new Random(1);
        bool[] anomalous = [.. Enumerable.Range(0, 90).Select(row => row % 3 == 0)];
        // Whole numbers of a small range: most rows tie with others.
        float[] scores = [.. anomalous.Select(anomaly => (float)random.Next(8) + (anomaly ? 2 : 0))];
        var high = scores.Where((_, row) => anomalous[row]).ToArray();
        var low = scores.Where((_, row) => !anomalous[row]).ToArray();
        static double Order(float x, float y) => x > y ? 1 : x == y ? 0.5 : 0;
        var ofHigh = high.Select(x => low.Average(y => Order(x, y))).ToArray();
        var ofLow = low.Select(y => high.Average(x => Order(x, y))).ToArray();
        var area = ofHigh.Average();
        var variance = (ofHigh.Sum(v => Math.Pow(v - area, 2)) / 29 / 30) + (ofLow.Sum(v => Math.Pow(v - area, 2)) / 59 / 60);

        var roc = RocArea.Of(scores, anomalous);

        Assert.Equal(area, roc.Area, 1e-12);
        Assert.Equal(variance, roc.Variance, 1e-12);
    }

    /// <summary>Of N(d, 1) above N(0, 1) the area is Φ(d / √2). Of 600 draws 95 % ± 0.9 % should have it in their interval.</summary>
    [Theory]
    [InlineData(1, 0.760250, 40, 200)]
    [InlineData(2, 0.921350, 60, 60)]
    public void Nineteen_intervals_of_twenty_have_the_true_area(double distance, double area, int anomalies, int normals)
    {
        const int Draws = 600;
        var random = new Random(7);
        bool[] anomalous = [.. Enumerable.Range(0, anomalies + normals).Select(row => row < anomalies)];
        var covered = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            float[] scores = [.. anomalous.Select(anomaly => (float)(Trainer.Normal(random) + (anomaly ? distance : 0)))];
            var (low, high) = RocArea.Of(scores, anomalous).Interval!.Value;
            Assert.InRange(low, 0, high);
            Assert.InRange(high, low, 1);
            covered += low <= area && area <= high ? 1 : 0;
        }
        output.WriteLine($"{covered} of {Draws}");
        Assert.InRange(covered / (double)Draws, 0.92, 0.98);
    }

    [Theory]
    [InlineData(
        new float[] { 1, 2, 3, 4 },
        2,
        "Area under the ROC curve 1.000, of 2 anomalous rows and 2 normal rows; without an interval: all anomalous rows score above all "
            + "normal ones, and how far that is chance such scores do not say."
    )]
    [InlineData(
        new float[] { 3, 4, 1, 2 },
        2,
        "Area under the ROC curve 0.000, of 2 anomalous rows and 2 normal rows; without an interval: all anomalous rows score below all "
            + "normal ones, and how far that is chance such scores do not say."
    )]
    [InlineData(
        new float[] { 5, 5, 5, 5 },
        2,
        "Area under the ROC curve 0.500, of 2 anomalous rows and 2 normal rows; without an interval: all rows have the same score."
    )]
    [InlineData(
        new float[] { 1, 3, 2 },
        1,
        "Area under the ROC curve 0.500, of 1 anomalous row and 2 normal rows; without an interval: an interval takes two rows of each "
            + "class."
    )]
    [InlineData(
        new float[] { 1, 3 },
        0,
        "No area under the ROC curve: it takes rows of both classes, and there are 0 anomalous rows and 2 normal rows."
    )]
    public void Where_there_is_no_interval_words_say_why(float[] scores, int anomalies, string expected) =>
        Assert.Equal(expected, $"{RocArea.Of(scores, [.. scores.Select((_, row) => row >= scores.Length - anomalies)])}");
}
