using MLNet.Vae.Calibration;

namespace MLNet.Vae.Tests.Calibration;

public class ScoreAlignmentTests
{
    /// <summary>The more rows both models scored, the nearer is the result to what the other model gives.</summary>
    [Fact]
    public void Many_pairs_bring_scores_to_those_of_the_other_model()
    {
        float[] here = [.. Enumerable.Range(0, 2_001).Select(i => i / 1_000f)];
        float[] there = [.. here.Select(score => 3 * score + 10)];
        var aligned = ScoreAlignment.Of([10, 13, 16], there, here).ToArray();
        Assert.All(aligned.Zip([0f, 1, 2]), pair => Assert.Equal(pair.Second, pair.First, 0.05f));
    }

    [Fact]
    public void One_pair_moves_them_a_sixth_of_the_way_and_none_not_at_all()
    {
        Assert.Equal([1, 2], ScoreAlignment.Of([1, 2], [], []));
        Assert.Equal([2, 3], ScoreAlignment.Of([1, 2], [0], [6]).Select(score => MathF.Round(score, 4)));
        Assert.Equal([1, 2], ScoreAlignment.Of([1, 2], [float.PositiveInfinity], [6]));
    }

    [Fact]
    public void The_order_stays()
    {
        var random = new Random(1);
        float[] Scores(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble())];
        var scores = Scores(50);
        var aligned = ScoreAlignment.Of(scores, Scores(10), Scores(10)).ToArray();
        Assert.Equal(Enumerable.Range(0, 50).OrderBy(i => scores[i]), Enumerable.Range(0, 50).OrderBy(i => aligned[i]));
    }
}
