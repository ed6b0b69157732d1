using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Kit;

/// <summary>Rows of very small, very large and equal values, which rounding and clamping show on.</summary>
internal static class ExtremeRows
{
    /// <summary>For each value a row of it alone, and one that has it in every third slot, between zeros.</summary>
    public static float[][] Of(int width, params float[] values) =>
    [
        .. values.Select(value => Enumerable.Repeat(value, width).ToArray()),
        .. values.Select(value => Enumerable.Range(0, width).Select(j => j % 3 == 0 ? value : 0).ToArray()),
    ];
}
