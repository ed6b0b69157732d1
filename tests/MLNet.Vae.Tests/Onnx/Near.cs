namespace MLNet.Vae.Tests.Onnx;

/// <summary>Agreement of float32 with double precision.</summary>
internal static class Near
{
    /// <summary>Relative to the largest finite value of the row.</summary>
    public const double Tolerance = 1e-5;

    public static void Equal(
        IReadOnlyList<double> expected, IReadOnlyList<float> found, string what, double tolerance = Tolerance)
    {
        Assert.Equal(expected.Count, found.Count);
        var scale = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max();
        for (var i = 0; i < expected.Count; i++)
        {
            var error = expected[i] == found[i] ? 0 : Math.Abs(expected[i] - found[i]);
            Assert.True(
                error <= tolerance * scale,
                $"{what}[{i}]: expected {expected[i]:R}, found {found[i]:R}; largest of the row {scale:R}."
            );
        }
    }
}
