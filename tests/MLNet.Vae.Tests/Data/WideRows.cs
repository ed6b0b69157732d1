using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Estimators;

namespace MLNet.Vae.Tests.Data;

/// <summary>Rows of which the least memory that can be allowed holds only a part, so that they are streamed.</summary>
internal static class WideRows
{
    public const int Features = 1_024;
    public const int Count = 600;

    /// <summary>1 MiB holds 256 rows: the rest has to be read again in each epoch.</summary>
    public static readonly VaeOptions Streamed = TinyVae.Options with
    {
        Training = TinyVae.Training with { MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit },
    };

    private const int Factors = 2;
    private const float Noise = 0.1f;

    public static List<float[]> Create(int count = Count, int seed = 1)
    {
        var random = new Random(seed);
        var loadings = Enumerable.Range(0, Features * Factors).Select(_ => Uniform(random)).ToArray();
        return [.. Enumerable.Range(0, count).Select(_ => Row(random, loadings))];
    }

    private static float[] Row(Random random, float[] loadings)
    {
        float[] z = [Uniform(random), Uniform(random)];
        return [.. loadings.Chunk(Factors).Select(loading => z[0] * loading[0] + z[1] * loading[1] + Noise * Uniform(random))];
    }

    private static float Uniform(Random random) => 2 * random.NextSingle() - 1;
}
