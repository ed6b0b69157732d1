using MLNet.Vae.Interop;

namespace MLNet.Vae.Noise;

/// <summary>
/// The random numbers of one call, from its seed: those of a sample depend on its number alone, not on how many there are.
/// </summary>
internal sealed class GenerationNoise(int seed)
{
    // Streams of their own, away from those that the log-likelihood takes for rows of data.
    private const ulong Generation = 0x67656E65;

    private readonly CounterNumbers _numbers = new(seed);

    /// <summary>Of samples that belong to a row of data, from number <paramref name="first"/> on.</summary>
    public static GenerationNoise Of(int seed, RowId row, int first)
    {
        var mixed = SplitMix64.Mixed(SplitMix64.Mixed(SplitMix64.Mixed((uint)seed + Generation) + row.Low) + row.High);
        return new((int)SplitMix64.Mixed(mixed + (ulong)first));
    }

    /// <summary>Standard normal, of the latent variable.</summary>
    public void Latent(int sample, Span<float> values) => Normal(0, sample, values);

    /// <summary>Standard normal, <c>[count][width]</c>.</summary>
    public float[][] Latent(int count, int width)
    {
        var samples = new float[count][];
        for (var i = 0; i < count; i++)
            Latent(i, samples[i] = new float[width]);
        return samples;
    }

    /// <summary>Standard normal, of the likelihood.</summary>
    public void Output(int sample, Span<float> values) => Normal(1, sample, values);

    /// <summary>Uniform in [0, 1), of what is chosen: components, codes.</summary>
    public void Choice(int sample, Span<double> values) => _numbers.FillUniform(values, new RowId(2, Generation), sample);

    private void Normal(ulong stream, int sample, Span<float> values)
        => _numbers.Fill(values, values.Length, new RowId(stream, Generation), sample);
}
