using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;

namespace MLNet.Vae.Tests.Cursors;

/// <summary>
/// A linear Gaussian model of two levels, z₂ ~ N(0, 1), z₁ ~ N(a·z₂ + b, s²I), x ~ N(W·z₁ + c, σ²I), W's columns orthogonal. What a row
/// says of z₁ is N(Wᵀ(x − c)/‖w‖², σ²/‖w‖²) and what it says of z₂ follows, so the precision-weighted combinations of a ladder are the
/// exact posterior when <see cref="Widening"/>, a factor on the width of both estimates, is 1.
/// </summary>
internal sealed record LinearLadder
{
    public const int Features = 4, Lower = 2;

    private const double Sigma = 0.6, PriorSigma = 0.5, ColumnSquare = 4;

    private static readonly double[] A = [1, -0.7], B = [0.3, -0.1], C = [0.5, 0, -1, 2];

    /// <summary>Variance of a row's estimate of z₁.</summary>
    private const double EstimateVariance = Sigma * Sigma / ColumnSquare;

    public double Widening { get; init; } = 1;

    /// <summary>1/variance of z₂ given the row.</summary>
    private static double TopPrecision => 1 + (A.Sum(a => a * a) / (PriorSigma * PriorSigma + EstimateVariance));

    public VaeModel Model() => VaeModel.Create(
        new TrainedVae
        {
            Scaling = FeatureScaling.Identity(Features),
            Encoder = [],
            Latent = new HierarchicalPosterior(
                [
                    new(
                        [],
                        Lowest(),
                        Constant(Lower, Features, Math.Sqrt(EstimateVariance) * Widening),
                        new([], Prior(), Constant(Lower, 1, PriorSigma))),
                    new([], Top(), Constant(1, Features, Widening / Math.Sqrt(TopPrecision)), null),
                ],
                (-10, 4)),
            Decoder = [new DenseLayer(Floats(Features * Lower, i => Loading(i / Lower, i % Lower)), Floats(Features, j => C[j]))],
            Distribution = new GaussianOutput((float)Math.Log(Sigma)),
        },
        new()
        {
            FeatureCount = Features,
            LatentDimension = Lower + 1,
            LatentKind = VaeLatentKind.Hierarchical,
            LevelDimensions = [Lower, 1],
            Architecture = "linear",
            Likelihood = "gaussian",
            Normalization = "none",
            Columns = new() { Features = "Features", Embedding = "Embedding" },
        });

    public static float[][] Rows(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var top = Training.Trainer.Normal(random);
            var z = A.Select((a, l) => a * top + B[l] + PriorSigma * Training.Trainer.Normal(random)).ToArray();
            return Floats(Features, j => C[j] + z.Select((v, l) => v * Loading(j, l)).Sum() + Sigma * Training.Trainer.Normal(random));
        })];
    }

    /// <summary>ln p(x): along W's columns x has the covariance ‖w‖²(aaᵀ + s²I) + σ²I, across them σ²I.</summary>
    public static double LogLikelihood(float[] row)
    {
        var c = row.Select((v, j) => v - C[j]).ToArray();
        var along = Enumerable
            .Range(0, Lower)
            .Select(l => c.Select((v, j) => v * Loading(j, l)).Sum() / Math.Sqrt(ColumnSquare) - Math.Sqrt(ColumnSquare) * B[l])
            .ToArray();
        var across =
            c.Sum(v => v * v)
            - Enumerable.Range(0, Lower).Sum(l => Math.Pow(c.Select((v, j) => v * Loading(j, l)).Sum(), 2)) / ColumnSquare;
        // uuᵀ + vI, u = ‖w‖a.
        var variance = ColumnSquare * PriorSigma * PriorSigma + Sigma * Sigma;
        var square = ColumnSquare * A.Sum(a => a * a);
        var projected = Math.Sqrt(ColumnSquare) * A.Zip(along, (a, v) => a * v).Sum();
        var distance = (along.Sum(v => v * v) - projected * projected / (variance + square)) / variance + across / (Sigma * Sigma);
        var logDeterminant = Math.Log(variance + square) + (Lower - 1) * Math.Log(variance) + (Features - Lower) * 2 * Math.Log(Sigma);
        return -0.5 * (Features * Math.Log(Math.Tau) + logDeterminant + distance);
    }

    /// <summary>Walsh functions, of length 2.</summary>
    private static double Loading(int feature, int latent) => ((feature >> latent) & 1) == 0 ? 1 : -1;

    private static DenseLayer Lowest() => new(
        Floats(Lower * Features, i => Loading(i % Features, i / Features) / ColumnSquare),
        Floats(Lower, l => -C.Select((c, j) => c * Loading(j, l)).Sum() / ColumnSquare));

    private static DenseLayer Top()
    {
        var lowest = Lowest();
        var gain = A.Select(a => a / (PriorSigma * PriorSigma + EstimateVariance) / TopPrecision).ToArray();
        return new(
            Floats(Features, j => Enumerable.Range(0, Lower).Sum(l => gain[l] * lowest.Weight[l * Features + j])),
            Floats(1, _ => Enumerable.Range(0, Lower).Sum(l => gain[l] * (lowest.Bias[l] - B[l]))));
    }

    private static DenseLayer Prior() => new(Floats(Lower, l => A[l]), Floats(Lower, l => B[l]));

    /// <summary>The log of a width that does not depend on what is read.</summary>
    private static DenseLayer Constant(int outputs, int inputs, double width) =>
        new(new float[outputs * inputs], Floats(outputs, _ => Math.Log(width)));

    private static float[] Floats(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(i => (float)value(i))];
}
