using MLNet.Vae.Fleets;

namespace MLNet.Vae.Tests.Orleans.Fleets;

public sealed class ReadingRingTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 40)]
    public void The_last_readings_are_kept_in_their_order(int width, int most)
    {
        var ring = new ReadingRing(width, most);
        var all = new List<float>();
        for (var reading = 0; reading < 100; reading++)
        {
            float[] row = [.. Enumerable.Range(0, width).Select(i => reading + (i / 10f))];
            all.AddRange(row);
            ring.Add(row);
            var expected = all.TakeLast(most * width).ToArray();
            Assert.Equal(expected, ring.ToArray());
            Assert.Equal(expected.Length / width, ring.Count);
            Assert.Equal(expected, ReadingRing.Of(ring.ToBytes(), width, most).ToArray());
            var fewer = Math.Max(1, most / 2);
            Assert.Equal(all.TakeLast(fewer * width), ReadingRing.Of(ring.ToBytes(), width, fewer).ToArray());
        }
    }
}
