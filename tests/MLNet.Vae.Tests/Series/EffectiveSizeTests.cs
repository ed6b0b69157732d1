using MLNet.Vae.Series;

namespace MLNet.Vae.Tests.Series;

public sealed class EffectiveSizeTests
{
    private const int Count = 100_000;

    /// <summary>Of xₜ = φ xₜ₋₁ + noise the autocorrelation is φᵏ, and n values are worth n (1 − φ) / (1 + φ).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.98)]
    public void Of_an_autoregression_is_that_of_the_closed_form(double phi)
    {
        var found = EffectiveSize.Of([Autoregression(Count, phi)]);
        Assert.InRange(found, 0.8 * Count * (1 - phi) / (1 + phi), 1.2 * Count * (1 - phi) / (1 + phi));
    }

    [Fact]
    public void Values_do_not_go_with_those_beyond_a_gap()
    {
        var values = Autoregression(Count, 0.9);
        var whole = EffectiveSize.Of([values]);
        Assert.InRange(EffectiveSize.Of([.. values.Chunk(1_000)]), 0.95 * whole, 1.1 * whole);
        // One by one they are as if there were none before.
        Assert.Equal(Count, EffectiveSize.Of([.. values.Chunk(1)]), tolerance: 1);
    }

    [Fact]
    public void A_constant_is_worth_all_its_values() => Assert.Equal(50, EffectiveSize.Of([Enumerable.Repeat(3.5, 50).ToArray()]));

    /// <summary>A straight line has turned once: it is worth a few values, however long it is.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public void A_drift_is_worth_a_few(int count)
        => Assert.InRange(EffectiveSize.Of([[.. Enumerable.Range(0, count).Select(i => (double)i)]]), 1, 6);

    [Fact]
    public void Of_nothing_it_is_nothing() => Assert.Equal(0, EffectiveSize.Of([]));

    private static double[] Autoregression(int count, double phi)
    {
        var random = new Random(1);
        var value = 0d;
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
                value = phi * value + Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())),
        ];
    }
}
