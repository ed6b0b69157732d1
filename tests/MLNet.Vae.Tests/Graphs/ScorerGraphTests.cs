using MLNet.Vae.Architectures;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Graphs;

/// <summary>The numbers of the scorer, for every kind of network.</summary>
public class ScorerGraphTests
{
    private const double SampledTolerance = 2e-3;

    public static TheoryData<Activation, bool, bool, bool, VaeScoreKind> Kinds()
    {
        var kinds = new TheoryData<Activation, bool, bool, bool, VaeScoreKind>();
        bool[] noYes = [false, true];
        foreach (var activation in Enum.GetValues<Activation>())
        {
            foreach (var norm in noYes)
            {
                foreach (var bernoulli in noYes)
                {
                    foreach (var scaled in noYes)
                    {
                        foreach (var scoreKind in Enum.GetValues<VaeScoreKind>())
                            kinds.Add(activation, norm, bernoulli, scaled, scoreKind);
                    }
                }
            }
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_output_agrees_with_double_precision(
        Activation activation,
        bool norm,
        bool bernoulli,
        bool scaled,
        VaeScoreKind scoreKind
    ) =>
        Compare(
            new()
            {
                Activation = activation,
                Norm = norm,
                Bernoulli = bernoulli,
                Scaled = scaled,
                ScoreKind = scoreKind,
            }
        );

    [Theory]
    [InlineData(false, VaeScoreKind.ReconstructionError)]
    [InlineData(false, VaeScoreKind.NegativeElbo)]
    [InlineData(true, VaeScoreKind.NegativeElbo)]
    public void A_linear_network_agrees_too(bool bernoulli, VaeScoreKind scoreKind)
        => Compare(new() { Hidden = [], Bernoulli = bernoulli, Scaled = true, ScoreKind = scoreKind });

    [Fact]
    public void The_smallest_network_agrees_too()
        => Compare(new() { Features = 1, Latents = 1, Hidden = [1] });

    [Fact]
    public void Log_sigma_never_leaves_its_range()
    {
        var kind = new RandomNetwork { Activation = Activation.Relu };
        using var scorer = new OnnxRunner(kind.Model().ToOnnx(VaeGraph.Scorer));
        var (minimum, maximum) = ((GaussianPosterior)kind.Network().Latent).LogSigmaRange;

        var found = scorer.Run(kind.ExtremeRows(), kind.Features)["log_sigma"].SelectMany(r => r).ToArray();

        Assert.All(found, s => Assert.InRange(s, minimum, maximum));
        Assert.Contains(minimum, found);
        Assert.Contains(maximum, found);
    }

    [Fact]
    public void A_confident_Bernoulli_decoder_gives_finite_scores()
    {
        var kind = new RandomNetwork { Bernoulli = true };
        var network = kind.Network();
        var output = (DenseLayer)network.Decoder[^1] with { Bias = [500, -500, 500, -500, 500, -500] };
        network = network with { Decoder = [.. network.Decoder.SkipLast(1), output] };
        using var scorer = new OnnxRunner(VaeModel.Create(network, kind.Info).ToOnnx(VaeGraph.Scorer));
        float[] wrong = [0, 1, 0, 1, 0, 1];

        var expected = DoubleForwardPass.Run(network, kind.ScoreKind, wrong);
        var found = scorer.Run([wrong], kind.Features);

        Near.Equal(expected.Contributions, found["contributions"][0], "contributions");
        Assert.True(expected.Score > 2900);
    }

    private static void Compare(RandomNetwork kind)
    {
        var network = kind.Network();
        using var scorer = new OnnxRunner(kind.Model().ToOnnx(VaeGraph.Scorer));
        // Weights of samples are exponentials of what a score is, which of extreme rows single precision cannot tell apart.
        var isSampled = kind.ScoreKind == VaeScoreKind.NegativeLogLikelihood;
        float[][] rows = [.. kind.Rows(20), .. isSampled ? [] : kind.ExtremeRows()];
        var tolerance = isSampled ? SampledTolerance : Near.Tolerance;

        var found = scorer.Run(rows, kind.Features);

        for (var r = 0; r < rows.Length; r++)
        {
            var expected = DoubleForwardPass.Run(network, kind.ScoreKind, rows[r]);
            Near.Equal(expected.Mean, found["mean"][r], $"row {r} mean");
            Near.Equal(expected.LogSigma, found["log_sigma"][r], $"row {r} log_sigma");
            Near.Equal(expected.Reconstruction, found["reconstruction"][r], $"row {r} reconstruction");
            Near.Equal(expected.Contributions, found["contributions"][r], $"row {r} contributions", tolerance);
            Near.Equal([expected.Score], found["score"][r], $"row {r} score", tolerance);
            Near.Equal([found["contributions"][r].Sum(c => (double)c)], found["score"][r], $"row {r} sum of contributions");
        }
    }
}
