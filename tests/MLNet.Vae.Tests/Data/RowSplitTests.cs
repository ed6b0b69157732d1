using MLNet.Vae.Data;

namespace MLNet.Vae.Tests.Data;

public sealed class RowSplitTests
{
    private const int Rows = 100_000;

    [Fact]
    public void Holds_out_the_share_asked_for()
    {
        var held = Held(new(0.1, Seed: 5)).Count;

        // Four standard deviations of a binomial.
        Assert.InRange(held, 0.1 * Rows - 4 * Math.Sqrt(0.09 * Rows), 0.1 * Rows + 4 * Math.Sqrt(0.09 * Rows));
    }

    [Fact]
    public void Half_the_share_is_a_subset() => Assert.Subset(Held(new(0.1, Seed: 5)), Held(new(0.05, Seed: 5)));

    [Fact]
    public void Another_seed_holds_out_other_rows()
    {
        var both = Held(new(0.1, Seed: 5));
        both.IntersectWith(Held(new(0.1, Seed: 6)));

        Assert.InRange(both.Count, 0.005 * Rows, 0.015 * Rows);
    }

    private static HashSet<long> Held(RowSplit split) => [.. Enumerable.Range(0, Rows).Select(i => (long)i).Where(split.IsHeldOut)];
}
