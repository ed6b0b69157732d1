using System.Globalization;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>UCI optical recognition of handwritten digits: 64 counts of 0 to 16 and a label on each line, comments begin with #.</summary>
internal static class OpticalDigits
{
    public const int Pixels = 64;

    private const float Scale = 16;

    /// <returns>Pixels in [0, 1], <c>[rows][64]</c>.</returns>
    public static float[][] Read(string path) =>
        [
            .. Lines(path)
                .Select(values => values.Take(Pixels).Select(pixel => float.Parse(pixel, CultureInfo.InvariantCulture) / Scale).ToArray()),
        ];

    /// <returns>0 to 9, <c>[rows]</c>.</returns>
    public static int[] ReadLabels(string path) =>
        [.. Lines(path).Select(values => int.Parse(values[Pixels], CultureInfo.InvariantCulture))];

    private static IEnumerable<string[]> Lines(string path) =>
        File.ReadLines(path).Where(line => !line.StartsWith('#')).Select(line => line.Split(','));
}
