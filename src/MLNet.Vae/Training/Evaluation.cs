using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>A model judged on some rows, without learning from them. Nats per row.</summary>
/// <param name="Reconstruction">Mean of −ln p(x | z), one sample of z per row, or as many as the importance-weighted bound takes.</param>
/// <param name="KlPerDimension">Mean KL of each latent dimension.</param>
/// <param name="Penalty">What the latent variable adds to the loss.</param>
/// <param name="ImportanceWeightedBound">Mean of ln 1/K Σ p(x, z) / q(z | x), where it was asked for.</param>
/// <param name="ActiveUnits">Dimensions whose posterior mean varies by more than <see cref="ActiveVariance"/>.</param>
/// <param name="Perplexity">Of the use of a codebook; <see langword="null"/>: there is none.</param>
internal sealed record Evaluation(double Reconstruction, IReadOnlyList<double> KlPerDimension, double Penalty, double? ImportanceWeightedBound, int ActiveUnits, double? Perplexity)
{
    /// <summary>Burda, Grosse and Salakhutdinov 2016, section 5.2.</summary>
    private const double ActiveVariance = 0.01;

    // A block of wide rows is shorter: 16 MiB of values, and the maps of convolutions take several times that.
    private const long BlockRows = 4096, BlockValues = 1 << 22;

    public double Kl => KlPerDimension.Sum();

    public double Elbo => -(Reconstruction + Kl);

    /// <summary>The same noise for the same seed, so that epochs differ by their weights alone.</summary>
    /// <param name="module">The model.</param>
    /// <param name="data">Whose rows they are.</param>
    /// <param name="rows">In the user's units, <c>[rows, width]</c>.</param>
    /// <param name="seed">Of the noise.</param>
    /// <param name="importanceSamples">K of the importance-weighted bound; 0: it is not wanted.</param>
    public static Evaluation Of(VaeModule module, TrainingRows data, Tensor rows, int seed, int importanceSamples = 0)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        using var random = new Generator((uint)seed, data.Device);
        var count = rows.size(0);
        var (samples, weighted) = (Math.Max(1, importanceSamples), importanceSamples > 0);
        var blockRows = Math.Clamp(BlockValues / (rows.size(1) * samples), 1, BlockRows);
        double reconstruction = 0, penalty = 0, bound = 0;
        var kl = zeros(module.Latent.Length, ScalarType.Float64);
        var mean = zeros(module.Latent.Length, ScalarType.Float64);
        var square = zeros(module.Latent.Length, ScalarType.Float64);
        var usage = zeros(module.Latent.CodebookSize, ScalarType.Float64);
        for (var start = 0L; start < count; start += blockRows)
        {
            using var block = NewDisposeScope();
            var batch = data.Batch(rows.narrow(0, start, Math.Min(blockRows, count - start)));
            var terms = module.Terms(batch, randn([samples * batch.Rows, module.Latent.NoiseLength], device: data.Device, generator: random), samples, weighted);
            reconstruction += Sum(terms.Reconstruction).item<double>() / samples;
            bound += weighted ? Sum(TrainingObjective.ImportanceWeightedBound(terms)).item<double>() : 0;
            penalty += (terms.Penalty?.item<float>() ?? 0) * (double)batch.Rows;
            kl.Accumulate(Sum(terms.Kl, 0));
            mean.Accumulate(Sum(terms.Mean, 0));
            square.Accumulate(Sum(terms.Mean.Squared(), 0));
            if (terms.Usage is not null)
                usage.Accumulate(terms.Usage.to_type(ScalarType.Float64).cpu());
        }
        using Scalar divisor = count;
        mean.div_(divisor);
        using var variance = square.div_(divisor).sub_(mean.Squared());
        return new(
            reconstruction / count,
            kl.div_(divisor).data<double>().ToArray(),
            penalty / count,
            weighted ? bound / count : null,
            variance.data<double>().ToArray().Count(v => v > ActiveVariance),
            module.Latent.CodebookSize == 0 ? null : PerplexityOf(usage.data<double>().ToArray()));
    }

    /// <summary>exp(−Σ p ln p), p the share of each entry: how many entries used alike would be as hard to guess.</summary>
    internal static double PerplexityOf(double[] usage)
    {
        var total = usage.Sum();
        return Math.Exp(-usage.Where(count => count > 0).Sum(count => count / total * Math.Log(count / total)));
    }

    private static Tensor Sum(Tensor values) => values.to_type(ScalarType.Float64).sum().cpu();

    private static Tensor Sum(Tensor values, long dimension) => values.to_type(ScalarType.Float64).sum(dimension).cpu();
}
