using MLNet.Vae.Noise;

namespace MLNet.Vae.Corruptions;

/// <summary>The random numbers of one row that is corrupted outside of training, from the seed and the row's number alone.</summary>
internal readonly struct RowNoise(int seed, int row)
{
    // A stream of its own, away from those of samples and of rows of data.
    private const ulong Stream = 0x636F7272;

    private readonly CounterNumbers _numbers = new(seed);
    private readonly RowId _row = new((ulong)row, Stream);

    /// <summary>Standard normal, <c>[width]</c>.</summary>
    public float[] Normal(int width)
    {
        var values = new float[width];
        _numbers.Fill(values, width, _row, first: 0);
        return values;
    }

    /// <summary>Uniform in [0, 1), <c>[width]</c>.</summary>
    public double[] Uniform(int width)
    {
        var values = new double[width];
        _numbers.FillUniform(values, _row, sample: 0);
        return values;
    }
}
