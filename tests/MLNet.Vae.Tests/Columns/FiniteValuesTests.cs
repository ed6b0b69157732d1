using MLNet.Vae.Columns;

namespace MLNet.Vae.Tests.Columns;

public class FiniteValuesTests
{
    private const int Longest = 40;

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void The_first_of_two_is_found_in_every_slot_of_every_length(float other)
    {
        for (var length = 1; length <= Longest; length++)
        {
            for (var slot = 0; slot < length; slot++)
            {
                var row = Finite(length);
                row[slot] = row[^1] = other;
                Assert.Equal(slot, FiniteValues.IndexOfFirstOther(row));
            }
        }
    }

    [Fact]
    public void None_is_found_among_finite_values()
    {
        for (var length = 0; length <= Longest; length++)
            Assert.Equal(-1, FiniteValues.IndexOfFirstOther(Finite(length)));
    }

    private static float[] Finite(int length)
    {
        float[] values = [0, -0f, float.MaxValue, float.MinValue, float.Epsilon, 1];
        return [.. Enumerable.Range(0, length).Select(i => values[i % values.Length])];
    }
}
