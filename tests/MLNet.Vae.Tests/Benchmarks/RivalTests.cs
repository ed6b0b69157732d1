using MLNet.Vae.Benchmarks.Numbers.Anomalies;

namespace MLNet.Vae.Tests.Benchmarks;

/// <summary>A rival that is broken would make this library look good.</summary>
public class RivalTests
{
    // A ring of rows, a row in its middle, and one far out.
    private static readonly float[][] Ring =
        [.. Enumerable.Range(0, 300).Select(i => new[] { MathF.Cos(i), MathF.Sin(i), 0.3f * MathF.Cos(7 * i) })];
    private static readonly float[][] Tested = [.. Ring[..20], [0, 0, 0], [4, 4, 1]];

    [Fact]
    public void Average_precision_is_the_mean_precision_at_each_anomaly()
    {
        Assert.Equal(1, AveragePrecision.Of([1, 2, 3, 4], [false, false, true, true]), 12);
        // Found at ranks 1 and 3: (1/1 + 2/3) / 2.
        Assert.Equal((1 + 2 / 3.0) / 2, AveragePrecision.Of([4, 3, 2, 1], [true, false, true, false]), 12);
        // All alike: the share of anomalies.
        Assert.Equal(0.25, AveragePrecision.Of([1, 1, 1, 1], [true, false, false, false]), 12);
    }

    [Fact]
    public void Area_counts_pairs_in_order_and_ties_half()
        => Assert.Equal((1 + 0.5 + 1 + 1) / 4.0, RocCurve.Area([3, 2, 2, 1], [true, true, false, false]), 12);

    [Fact]
    public void A_score_that_is_not_a_number_ranks_first()
    {
        Assert.Equal(1, RocCurve.Area([float.NaN, 2, float.NaN, 1], [true, false, true, false]), 12);
        Assert.Equal(1, AveragePrecision.Of([float.NaN, 2, float.NaN, 1], [true, false, true, false]), 12);
    }

    [Fact]
    public void Distances_are_those_of_the_k_nearest_and_never_to_the_row_itself()
    {
        float[][] rows = [[0, 0], [3, 4], [6, 8], [0, 1]];

        Assert.Equal([1, 5, 10], Neighbours.Of(rows, [[0, 0]], 4, areSame: false)[0][1..].Select(found => found.Distance));
        Assert.Equal((3, 1.0), Neighbours.Of(rows, rows, 2, areSame: true)[0][0]);
    }

    public static TheoryData<string> Detectors => [.. All.Keys];

    private static readonly Dictionary<string, IDetector> All = new IDetector[]
    {
        new NearestNeighbours(1), new NearestNeighbours(5), new IsolationForest(), new LocalOutlierFactor(), new PcaReconstruction(),
    }.ToDictionary(detector => detector.Name);

    [Theory]
    [MemberData(nameof(Detectors))]
    public void A_row_far_out_has_the_greatest_score(string name)
    {
        var scores = All[name].Scores(new(Ring, Tested, new bool[Tested.Length], AreSame: false), seed: 1);

        Assert.Equal(Tested.Length - 1, Array.IndexOf(scores, scores.Max()));
    }

    [Theory]
    [InlineData("neighbours, k = 1")]
    [InlineData("LOF")]
    public void Neighbours_see_the_hole_in_the_middle(string name)
    {
        var scores = All[name].Scores(new(Ring, Tested, new bool[Tested.Length], AreSame: false), seed: 1);

        Assert.True(scores[20] > scores[..20].Max());
    }

    [Fact]
    public void Protocols_split_as_they_say()
    {
        float[][] features = [.. Enumerable.Range(0, 1_200).Select(i => new[] { (float)i })];
        bool[] anomalous = [.. Enumerable.Range(0, 1_200).Select(i => i >= 1_000)];

        var published = AnomalySplit.Of(AnomalyProtocol.Published, features, anomalous, seed: 1);
        var shuffled = AnomalySplit.Of(AnomalyProtocol.Shuffled, features, anomalous, seed: 1);
        var unsupervised = AnomalySplit.Of(AnomalyProtocol.Unsupervised, features, anomalous, seed: 1);

        Assert.Equal((500, 700, 200), (published.Trained.Length, published.Tested.Length, published.Anomalous.Count(is1 => is1)));
        Assert.True(published.Trained.Max(row => row[0]) < published.Tested.Min(row => row[0]));
        Assert.Equal((500, 700, 200), (shuffled.Trained.Length, shuffled.Tested.Length, shuffled.Anomalous.Count(is1 => is1)));
        Assert.Empty(shuffled.Trained.Select(row => row[0]).Intersect(shuffled.Tested.Select(row => row[0])));
        Assert.True(shuffled.Trained.Max(row => row[0]) > shuffled.Tested.Min(row => row[0]));
        Assert.Equal((1_200, true), (unsupervised.Trained.Length, unsupervised.AreSame));
        Assert.Equal(unsupervised.Trained, unsupervised.Tested);
        Assert.Equal(0, unsupervised.Trained.Average(row => row[0]), 1e-4);
    }
}
