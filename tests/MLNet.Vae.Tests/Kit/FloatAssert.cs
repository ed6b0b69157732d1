namespace MLNet.Vae.Tests.Kit;

internal static class FloatAssert
{
    // One run over many rows and one over few add the same terms in another order.
    private const float Tolerance = 1e-6f;

    public static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Near(expected[i], actual[i], $"{what}, slot {i}");
        }
    }

    public static void Near(float expected, float actual, string what)
        => Assert.True(
            MathF.Abs(expected - actual) <= Tolerance * MathF.Max(1, MathF.Abs(expected)),
            $"{what}: expected {expected}, found {actual}");
}
