using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>
/// A linear Gaussian model whose decoder has orthogonal columns, so that everything about it has a closed form: x = b + Wz + σε in units of
/// the normalised features, q(z | x) the exact posterior but for its width, which is <see cref="Widening"/> times too large.
/// </summary>
internal sealed record LinearModel
{
    public const int Features = 8, Latents = 3;

    private const double Sigma = 0.6;

    private static readonly double[] ColumnLengths = [3, 1.5, 0.4];

    public double Widening { get; init; } = 1.3;

    public static FeatureScaling Scaling { get; } = new(
        [.. Enumerable.Range(0, Features).Select(j => 3f * j - 10)], [.. Enumerable.Range(0, Features).Select(j => MathF.Pow(2, j - 4))]);

    public TrainedVae Network() => new()
    {
        Scaling = Scaling,
        Encoder = [],
        Latent = new GaussianPosterior(
            new(
                Values(Latents, Features, (l, j) => Loading(j, l) / Precision(l)),
                [
                    .. Enumerable.Range(0, Latents)
                        .Select(l => (float)(-Enumerable.Range(0, Features).Sum(j => Loading(j, l) * Bias(j)) / Precision(l))),
                ]),
            new(
                new float[Latents * Features],
                [.. Enumerable.Range(0, Latents).Select(l => (float)Math.Log(Widening * PosteriorSigma(l)))]),
            (-10, 4)),
        Decoder = [new DenseLayer(Values(Features, Latents, Loading), [.. Enumerable.Range(0, Features).Select(j => (float)Bias(j))])],
        Distribution = new GaussianOutput((float)Math.Log(Sigma)),
    };

    public VaeModel Model() => VaeModel.Create(Network(), new()
    {
        FeatureCount = Features,
        LatentDimension = Latents,
        Architecture = "linear",
        Likelihood = "gaussian",
        Normalization = "standardize",
        Columns = new() { Features = "Features", Embedding = "Embedding" },
    });

    /// <summary>Rows of the model, in the user's units.</summary>
    public static float[][] Rows(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var z = Enumerable.Range(0, Latents).Select(_ => Training.Trainer.Normal(random)).ToArray();
            return Enumerable.Range(0, Features).Select(j =>
            {
                var normalised = Bias(j) + z.Select((v, l) => v * Loading(j, l)).Sum() + Sigma * Training.Trainer.Normal(random);
                return (float)(normalised * Scaling.Scale[j] + Scaling.Offset[j]);
            }).ToArray();
        })];
    }

    /// <summary>ln p(x), x ~ N(b, WWᵀ + σ²I) over normalised features; determinant and inverse by way of the orthogonal columns.</summary>
    public static double LogLikelihood(float[] row)
    {
        var (c, variance) = (Centred(row), Sigma * Sigma);
        var columns = Enumerable
            .Range(0, Latents)
            .Select(l => (Precision: Precision(l), Along: c.Select((v, j) => v * Loading(j, l)).Sum()))
            .ToArray();
        var distance = (c.Sum(v => v * v) - columns.Sum(w => w.Along * w.Along / w.Precision)) / variance;
        var logDeterminant = columns.Sum(w => Math.Log(w.Precision)) + (Features - Latents) * Math.Log(variance);
        return -0.5 * (Features * Math.Log(Math.Tau) + logDeterminant + distance);
    }

    /// <summary>The evidence lower bound: what the wrong width costs is its divergence from the exact posterior.</summary>
    public double Elbo(float[] row)
        => LogLikelihood(row) - Latents * ((Widening * Widening - 1) / 2 - Math.Log(Widening));

    private static double Bias(int feature) => 0.1 * feature;

    /// <summary>Column l is a Walsh function.</summary>
    private static double Loading(int feature, int latent)
        => ((feature >> latent) & 1) == 0 ? ColumnLengths[latent] / Math.Sqrt(Features) : -ColumnLengths[latent] / Math.Sqrt(Features);

    private static double Precision(int latent) => ColumnLengths[latent] * ColumnLengths[latent] + Sigma * Sigma;

    private static double PosteriorSigma(int latent) => Sigma / Math.Sqrt(Precision(latent));

    private static double[] Centred(float[] row)
        => [.. row.Select((v, j) => ((double)v - Scaling.Offset[j]) / Scaling.Scale[j] - Bias(j))];

    private static float[] Values(int rows, int columns, Func<int, int, double> value)
        => [.. Enumerable.Range(0, rows).SelectMany(i => Enumerable.Range(0, columns).Select(j => (float)value(i, j)))];
}
