using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;

namespace MLNet.Vae.Tests.Onnx;

/// <summary>The encoder's input and the values of the likelihood are scaled each by itself.</summary>
public class ScalingGraphTests
{
    private const double LogSigma = -0.7;

    /// <summary>Scaled, and of the first and the last feature a logarithm before.</summary>
    private static readonly FeatureScaling _encoder = new([1, -2, 0.5f], [2, 4, 0.25f], [true, false, true]);

    private static readonly float[][] _rows = [[0, -30, 7], [4, 0, 0], [100_000, 2.5f, 1]];

    [Fact]
    public void The_encoder_reads_logarithms_of_counts_and_the_score_is_of_the_counts_themselves()
    {
        using var scorer = new OnnxRunner(Model(FeatureScaling.Identity(3)).ToOnnx(VaeGraph.Scorer));

        var found = scorer.Run(_rows, 3);

        for (var i = 0; i < _rows.Length; i++)
        {
            var mean = Encoded(_rows[i]);
            Near.Equal(mean, found["mean"][i], "mean");
            // The decoder is the identity.
            Near.Equal(mean, found["reconstruction"][i], "reconstruction");
            Near.Equal(
                [.. mean.Select((m, j) => NegativeLogNormal(_rows[i][j], m) + KlShare(mean))],
                found["contributions"][i],
                "contributions"
            );
        }
    }

    [Fact]
    public void The_likelihood_has_a_scaling_of_its_own()
    {
        FeatureScaling likelihood = new([3, 1, -1], [2, 0.5f, 8]);
        using var scorer = new OnnxRunner(Model(likelihood).ToOnnx(VaeGraph.Scorer));

        var found = scorer.Run(_rows, 3);

        for (var i = 0; i < _rows.Length; i++)
        {
            var mean = Encoded(_rows[i]);
            double Scaled(int j) => (_rows[i][j] - (double)likelihood.Offset[j]) / likelihood.Scale[j];
            Near.Equal(
                [.. mean.Select((m, j) => (m * likelihood.Scale[j]) + likelihood.Offset[j])],
                found["reconstruction"][i],
                "reconstruction"
            );
            Near.Equal(
                [.. mean.Select((m, j) => NegativeLogNormal(Scaled(j), m) + KlShare(mean))],
                found["contributions"][i],
                "contributions"
            );
        }
    }

    /// <summary>
    /// What lies beyond a limit counts as the limit, in the encoder's input and in the likelihood; a constant is unscaled to its value;
    /// what is scaled by ∞ is not read; and NaN stays NaN.
    /// </summary>
    [Fact]
    public void Limits_constants_and_what_is_not_read()
    {
        const float Tiny = 5e-6f;
        var likelihood = new FeatureScaling([5, 0, 1], [Tiny, 1, 2])
        {
            Limit = [100, float.PositiveInfinity, 20],
            IsConstant = [true, false, false],
        };
        var encoder = likelihood with
        {
            Scale = [float.PositiveInfinity, 1, 2],
            Limit = [float.PositiveInfinity, float.PositiveInfinity, 20],
        };
        using var scorer = new OnnxRunner(Model(likelihood, encoder).ToOnnx(VaeGraph.Scorer));
        float[][] rows = [[5, 3, 3], [7.5f, 3, 3], [-1e30f, 3, 1e30f], [5, 3, -1e30f]];
        float[] missing = [float.NaN, 3, float.NaN];

        var found = scorer.Run([.. rows, missing], 3);

        float[][] read = [[0, 3, 1], [0, 3, 1], [0, 3, 20], [0, 3, -20]];
        float[][] seen = [[0, 3, 1], [100, 3, 1], [-100, 3, 20], [0, 3, -20]];
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(read[i], found["mean"][i]);
            Assert.Equal([5, 3, 2 * read[i][2] + 1], found["reconstruction"][i]);
            double[] mean = [.. read[i].Select(m => (double)m)];
            Near.Equal(
                [.. mean.Select((m, j) => NegativeLogNormal(seen[i][j], m) + KlShare(mean))],
                found["contributions"][i],
                $"contributions of row {i}"
            );
        }
        Assert.All(found["contributions"][^1], contribution => Assert.True(float.IsNaN(contribution)));
    }

    [Fact]
    public void A_slice_keeps_limits_and_constants_where_it_has_some()
    {
        var scaling = new FeatureScaling([1, 2, 3], [1, 1, 1])
        {
            Limit = [float.PositiveInfinity, 5, 6],
            IsConstant = [false, false, true],
        };
        Assert.Equal([5, 6], scaling.Slice(1, 2).Limit!);
        Assert.Equal([false, true], scaling.Slice(1, 2).IsConstant!);
        Assert.Null(scaling.Slice(0, 1).Limit);
        Assert.Null(scaling.Slice(0, 2).IsConstant);
        Assert.False((FeatureScaling.Identity(1) with { IsConstant = [true] }).IsIdentity);
    }

    [Fact]
    public void A_slice_keeps_which_features_a_logarithm_is_taken_of()
    {
        Assert.True(_encoder.Slice(2, 1).HasLogarithms);
        Assert.False(_encoder.Slice(1, 1).HasLogarithms);
        Assert.False((FeatureScaling.Identity(1) with { TakesLogarithm = [true] }).IsIdentity);
    }

    /// <summary>Encoder and decoder are the identity, σ of the posterior is 1.</summary>
    private static VaeModel Model(FeatureScaling likelihood, FeatureScaling? encoder = null)
    {
        DenseLayer identity = new([1, 0, 0, 0, 1, 0, 0, 0, 1], new float[3]);
        return VaeModel.Create(
            new TrainedVae
            {
                Scaling = encoder ?? _encoder,
                LikelihoodScaling = likelihood,
                Encoder = [],
                Latent = new GaussianPosterior(identity, new(new float[9], new float[3]), (-5, 5)),
                Decoder = [identity],
                Distribution = new GaussianOutput((float)LogSigma),
            },
            new RandomNetwork { Features = 3, Latents = 3 }.Info);
    }

    private static double[] Encoded(float[] row) =>
        [.. row.Select((x, j) => ((_encoder.TakesLogarithm![j] ? double.LogP1(x) : x) - _encoder.Offset[j]) / _encoder.Scale[j])];

    private static double NegativeLogNormal(double x, double mean)
        => (0.5 * Math.Pow((x - mean) / Math.Exp((float)LogSigma), 2)) + LogSigma + (0.5 * Math.Log(Math.Tau));

    private static double KlShare(double[] mean) => mean.Sum(m => 0.5 * m * m) / mean.Length;
}
