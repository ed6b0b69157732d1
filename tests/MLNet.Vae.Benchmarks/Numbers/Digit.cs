using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>A row of <see cref="Mnist"/>.</summary>
internal sealed class Digit
{
    private const int Digits = 10;

    [VectorType(Mnist.Pixels)]
    public float[] Pixels { get; init; } = [];

    /// <summary>1 for the digit 0, and so on: 0 would be missing.</summary>
    [KeyType(Digits)]
    public uint Label { get; init; }

    public static IDataView View(MLContext mlContext, Mnist digits)
        => mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, digits.Rows).Select(row => new Digit
        {
            Pixels = digits.Images[(row * Mnist.Pixels)..((row + 1) * Mnist.Pixels)],
            Label = (uint)digits.Labels[row] + 1,
        }).ToList());
}
