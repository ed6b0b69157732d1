using MLNet.Vae.Compression;

namespace MLNet.Vae.Tests.Compression;

/// <summary>The stack of symbols, and the numbers that say how likely they are.</summary>
public sealed class AnsStackTests
{
    [Fact]
    public void Symbols_come_back_last_first_and_take_their_entropy()
    {
        const int count = 20_000;
        double[] weights = [0.5, 0.3, 0.15, 0.049, 0.001];
        var starts = Frequencies.Starts(weights);
        var random = new Random(1);
        var symbols = Enumerable.Range(0, count).Select(_ =>
        {
            var uniform = random.NextDouble();
            return Math.Max(0, weights.TakeWhile(weight => (uniform -= weight) >= 0).Count());
        }).Select(symbol => Math.Min(symbol, weights.Length - 1)).ToArray();
        var stack = new AnsStack();
        foreach (var symbol in symbols)
            Frequencies.Push(stack, starts, symbol);

        var message = stack.ToBytes();
        Assert.Equal(symbols.Sum(symbol => -Math.Log2(weights[symbol])), 8.0 * message.Length, 0.001 * 8 * message.Length + 64);
        var back = new AnsStack(message);
        Assert.Equal(symbols.Reverse(), symbols.Select(_ => Frequencies.Pop(back, starts)).ToArray());
        Assert.Equal(new AnsStack().ToBytes(), back.ToBytes());
    }

    /// <summary>What was popped and is pushed again leaves the message as it was: bits come back.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.3, 0.02)]
    [InlineData(-7, 0.0001)]
    [InlineData(60, 0.5)]
    [InlineData(0, 40)]
    public void A_bucket_that_is_popped_and_pushed_leaves_no_trace(double mean, double sigma)
    {
        var random = new Random(2);
        var stack = new AnsStack(() => (uint)random.NextInt64(1L << 32));
        for (var i = 0; i < 200; i++)
            stack.Push((uint)random.Next(1 << 10), 1, 10);
        var before = stack.ToBytes();
        var buckets = Enumerable.Range(0, 50).Select(_ => LatentBuckets.PopByPosterior(stack, mean, sigma)).ToArray();
        foreach (var bucket in buckets.Reverse())
            LatentBuckets.PushByPosterior(stack, bucket, mean, sigma);
        Assert.Equal(before, stack.ToBytes());
        Assert.All(buckets, bucket => Assert.Equal(bucket, RoundTrip(bucket)));
        if (Math.Abs(mean) < 3 && sigma < 0.1)
            Assert.Equal(mean, buckets.Average(bucket => (double)LatentBuckets.Centre(bucket)), 4 * sigma / Math.Sqrt(50));

        static int RoundTrip(int bucket)
        {
            var stack = new AnsStack();
            LatentBuckets.PushByPrior(stack, bucket);
            return LatentBuckets.PopByPrior(stack);
        }
    }

    [Fact]
    public void Buckets_popped_by_the_prior_are_normal()
    {
        const int count = 20_000;
        var random = new Random(3);
        var stack = new AnsStack(() => (uint)random.NextInt64(1L << 32));
        var centres = Enumerable.Range(0, count).Select(_ => (double)LatentBuckets.Centre(LatentBuckets.PopByPrior(stack))).ToArray();
        Assert.Equal(0, centres.Average(), 4 / Math.Sqrt(count));
        Assert.Equal(1, centres.Average(z => z * z), 4 * Math.Sqrt(2.0 / count));
    }

    [Fact]
    public void No_symbol_is_impossible()
    {
        var starts = Frequencies.Starts([0, 1e30, 0, 1e-30]);
        Assert.Equal(1U << Frequencies.Precision, starts[^1]);
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.Equal(1U, Frequencies.OfOne(0));
        Assert.Equal((1U << Frequencies.Precision) - 1, Frequencies.OfOne(1));
        Assert.Equal([1, Math.Exp(-2), 0], Frequencies.Weights([3, 1, float.NegativeInfinity]));
    }

    [Fact]
    public void A_message_that_ends_says_so()
    {
        var stack = new AnsStack(new AnsStack().ToBytes());
        Assert.Throws<DamagedMessageException>(() => LatentBuckets.PopByPrior(stack));
        Assert.Throws<DamagedMessageException>(() => new AnsStack([1, 2, 3]));
        Assert.Throws<DamagedMessageException>(() => new AnsStack(new byte[12]));
    }
}
