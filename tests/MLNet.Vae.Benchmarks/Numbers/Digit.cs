using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>A row of <see cref="Mnist"/>.</summary>
internal sealed class Digit
{
    private const int Digits = 10;

    [VectorType(Mnist.Pixels)]
    public float[] Pixels { get; init; } = [];

    /// <summary>The digit: ML.NET counts a key that comes from an object from 0.</summary>
    [KeyType(Digits)]
    public uint Label { get; init; }

    public static IDataView View(MLContext mlContext, Mnist digits)
        => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, digits.Rows).Select(row => new Digit
        {
            Pixels = digits.Images[(row * Mnist.Pixels)..((row + 1) * Mnist.Pixels)],
            Label = (uint)digits.Labels[row],
        }).ToList());
}
