using MLNet.Vae.Training;

namespace MLNet.Vae.Tests.Training;

/// <summary>Rows by which a mean loss would be decided.</summary>
public class FarLossesTests
{
    private const int Rows = 200;

    [Theory]
    [InlineData(1_000)]
    [InlineData(1e30)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void One_loss_that_outweighs_all_others_is_found(double loss)
    {
        var losses = Losses();
        losses[17] = loss;
        Assert.Equal([17], FarLosses.Of(losses));
    }

    [Fact]
    public void Several_are_found_together_where_none_outweighs_the_others_alone()
    {
        var losses = Losses();
        foreach (var row in new[] { 3, 50, 51, 99 })
            losses[row] = 200;
        Assert.Equal([3, 50, 51, 99], FarLosses.Of(losses));
        losses[3] = losses[50] = losses[51] = 0;
        Assert.Empty(FarLosses.Of(losses));
    }

    [Fact]
    public void More_than_one_row_in_fifty_is_no_few()
    {
        var losses = Losses();
        for (var row = 0; row < Rows; row += 10)
            losses[row] = double.PositiveInfinity;
        Assert.Empty(FarLosses.Of(losses));
    }

    [Fact]
    public void Rows_that_are_better_than_others_are_left_alone()
    {
        var losses = Losses();
        losses[17] = -1e6;
        Assert.Empty(FarLosses.Of(losses));
    }

    /// <summary>Of the kinds that models have: as squares of normal numbers, exponential, and with a tail heavier than that.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_tail_of_an_ordinary_loss_is_none(int kind)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            double[] losses =
            [
                .. Enumerable.Range(0, 10 + 10 * (seed % 30)).Select(_ => kind switch
                {
                    1 => Math.Pow(Trainer.Normal(random), 2) / 2,
                    2 => -Math.Log(1 - random.NextDouble()),
                    _ => Math.Exp(0.5 * Trainer.Normal(random)),
                }),
            ];
            Assert.Empty(FarLosses.Of(losses));
        }
    }

    [Fact]
    public void Of_fewer_than_ten_none_is_unlike_the_others()
    {
        Assert.Empty(FarLosses.Of([1, 2, 1, 2, 1, 2, 1, 1, 1e9]));
        Assert.Equal([9], FarLosses.Of([1, 2, 1, 2, 1, 2, 1, 1, 1, 1e9]));
        Assert.Empty(FarLosses.Of([]));
    }

    private static double[] Losses()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Rows).Select(_ => 3 + Trainer.Normal(random))];
    }
}
