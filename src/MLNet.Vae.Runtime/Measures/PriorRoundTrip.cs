using MLNet.Vae.Noise;

namespace MLNet.Vae.Measures;

/// <summary>From codes to rows and back to codes.</summary>
internal sealed class PriorRoundTrip
{
    // The two uses of randomness, as rows of the noise.
    private static readonly RowId HeldOutNoise = new(1, 0), SampleNoise = new(2, 0);

    private readonly VaeGenerator _generator;
    private readonly VaeConditionValue? _condition;
    private readonly int _seed;
    private readonly FittedNormal? _fitted;
    private readonly double[] _units;

    public PriorRoundTrip(VaeGenerator generator, IReadOnlyList<float[]> trainingRows, VaeConditionValue? condition, int seed)
    {
        (_generator, _condition, _seed) = (generator, condition, seed);
        var codes = generator.Encode(trainingRows, condition);
        _units = [.. Enumerable.Range(0, codes[0].Length).Select(j => Deviation(codes, j))];
        _fitted = generator.Model.Info.Latent.HasPrior ? null : FittedNormal.To(codes);
        TrainingRows = new(trainingRows, generator.Model.FeatureScale(), seed, generator.Model.FeatureLogarithms());
    }

    public NearestRows TrainingRows { get; }

    public bool HasOwnPrior => _fitted is null;

    /// <summary>Codes that rows are encoded to: draws from their posteriors, where the model has those.</summary>
    public float[][] CodesOf(IReadOnlyList<float[]> rows)
    {
        var (codes, logSigma) = _generator.Posterior(rows, _condition);
        if (logSigma is null)
            return codes;
        var noise = Noise(HeldOutNoise, codes.Length, codes[0].Length);
        return [.. codes.Select((mean, i) => mean.Select((value, j) => value + MathF.Exp(logSigma[i][j]) * noise[i][j]).ToArray())];
    }

    public float[][] Sample(int count) => _fitted is null
        ? [.. _generator.Sample(count, _seed, _condition).Latents]
        : Array.ConvertAll(Noise(SampleNoise, count, _units.Length), _fitted.Code);

    /// <summary>How far each code lies from the code of its own row.</summary>
    /// <param name="codes"><c>[n][L]</c>.</param>
    /// <param name="rows">The rows decoded from them.</param>
    public double[] Distances(float[][] codes, out IReadOnlyList<float[]> rows)
    {
        rows = _generator.Decode(codes, _condition).Rows;
        var (again, logSigma) = _generator.Posterior(rows, _condition);
        return [.. codes.Select((code, i) => Math.Sqrt(code.Select((value, j) =>
        {
            var difference = (double)value - again[i][j];
            // Codes that never vary have no unit of their own.
            var unit = logSigma is null ? _units[j] > 0 ? _units[j] : 1 : Math.Exp(logSigma[i][j]);
            return difference * difference / (unit * unit);
        }).Average()))];
    }

    private float[][] Noise(RowId use, int count, int width)
    {
        var values = new float[count * width];
        new CounterNumbers(_seed).Fill(values, width, use, 0);
        return [.. values.Chunk(width)];
    }

    private static double Deviation(float[][] codes, int dimension)
    {
        var mean = codes.Average(code => (double)code[dimension]);
        return Math.Sqrt(codes.Average(code => (code[dimension] - mean) * (code[dimension] - mean)));
    }
}
