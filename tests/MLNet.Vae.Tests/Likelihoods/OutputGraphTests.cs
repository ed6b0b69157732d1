using MLNet.Vae.Architectures;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>The numbers of the scorer, for every likelihood.</summary>
public class OutputGraphTests
{
    private const int Features = 6;

    private static readonly float[] LogSigmas = [-0.8f, 0, 0.4f, -2, -6.5f, 1];

    private static readonly Dictionary<string, OutputDistribution> Distributions = new()
    {
        ["per feature"] = new GaussianPerFeatureOutput(LogSigmas),
        ["per row"] = new GaussianPerRowOutput(-6.9f),
        ["categorical"] = new CategoricalOutput(),
        ["negative binomial"] = new NegativeBinomialOutput([-3, 0, 0.5, 2, 5, 9]),
        ["negative binomial, shared"] = new NegativeBinomialOutput([0.7]),
        ["poisson"] = new PoissonOutput(),
        ["student-t"] = new StudentTOutput(-0.7f, 4.5),
        ["student-t, nearly Gaussian"] = new StudentTOutput(0.3f, 1e6),
        ["mixed"] = Mixed(),
        ["mixed of one"] = new MixedOutput([new(Features, new GaussianPerRowOutput(-3))]),
    };

    public static TheoryData<string, bool, VaeScoreKind> Kinds()
    {
        var kinds = new TheoryData<string, bool, VaeScoreKind>();
        foreach (var likelihood in Distributions.Keys)
        {
            foreach (var scoreKind in Enum.GetValues<VaeScoreKind>())
            {
                kinds.Add(likelihood, false, scoreKind);
                kinds.Add(likelihood, true, scoreKind);
            }
        }
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_output_agrees_with_double_precision(string likelihood, bool linear, VaeScoreKind scoreKind)
    {
        var kind = Kind(likelihood) with { ScoreKind = scoreKind };
        if (linear)
            kind = kind with { Hidden = [] };
        var network = kind.Network();
        using var scorer = new OnnxRunner(kind.Model().ToOnnx(VaeGraph.Scorer));
        float[][] rows = [.. kind.Rows(20), .. kind.ExtremeRows()];

        var found = scorer.Run(rows, Features);

        for (var r = 0; r < rows.Length; r++)
        {
            var expected = DoubleForwardPass.Run(network, scoreKind, rows[r]);
            Near.Equal(expected.Mean, found["mean"][r], $"row {r} mean");
            Near.Equal(expected.LogSigma, found["log_sigma"][r], $"row {r} log_sigma");
            Near.Equal(expected.Reconstruction, found["reconstruction"][r], $"row {r} reconstruction");
            Near.Equal(expected.Contributions, found["contributions"][r], $"row {r} contributions");
            Near.Equal([expected.Score], found["score"][r], $"row {r} score");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_decoder_is_cut_out_of_the_scorer(string likelihood, bool linear, VaeScoreKind scoreKind)
    {
        var kind = Kind(likelihood) with { ScoreKind = scoreKind };
        if (linear)
            kind = kind with { Hidden = [] };
        var model = kind.Model();
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var expected = scorer.Run(kind.Rows(7), Features);

        var found = decoder.Run(expected["mean"], kind.Latents)["reconstruction"];

        Assert.Equal(expected["reconstruction"], found);
    }

    [Theory]
    [InlineData("per row")]
    [InlineData("categorical")]
    [InlineData("student-t")]
    [InlineData("poisson")]
    [InlineData("negative binomial")]
    [InlineData("mixed")]
    public void No_rows_are_allowed(string likelihood)
    {
        using var scorer = new OnnxRunner(Kind(likelihood).Model().ToOnnx(VaeGraph.Scorer));
        Assert.All(scorer.Run([], Features), output => Assert.Empty(output.Value));
    }

    [Fact]
    public void A_confident_categorical_decoder_gives_finite_scores()
    {
        var kind = Kind("categorical");
        var network = kind.Network();
        var output = (DenseLayer)network.Decoder[^1] with { Bias = [500, -500, 0, 0, 0, 0] };
        network = network with { Decoder = [.. network.Decoder.SkipLast(1), output] };
        using var scorer = new OnnxRunner(VaeModel.Create(network, kind.Info).ToOnnx(VaeGraph.Scorer));
        float[] wrong = [0, 1, 0, 0, 0, 0];

        var expected = DoubleForwardPass.Run(network, kind.ScoreKind, wrong);
        var found = scorer.Run([wrong], Features);

        Near.Equal(expected.Contributions, found["contributions"][0], "contributions");
        Assert.True(expected.Score > 990);
    }

    [Fact]
    public void A_group_without_a_category_costs_nothing()
    {
        var kind = Kind("categorical") with { ScoreKind = VaeScoreKind.ReconstructionError };
        using var scorer = new OnnxRunner(kind.Model().ToOnnx(VaeGraph.Scorer));

        Assert.Equal(0, scorer.Run([new float[Features]], Features)["score"][0][0]);
    }

    private static RandomNetwork Kind(string likelihood) => new()
    {
        Features = Features,
        Distribution = Distributions[likelihood],
        Bernoulli = IsOfCounts(likelihood),
        Scaled = likelihood != "categorical" && !IsOfCounts(likelihood),
    };

    /// <summary>Rows are from 0 on, in their own units.</summary>
    private static bool IsOfCounts(string likelihood) => likelihood is "poisson" or "negative binomial" or "negative binomial, shared";

    private static MixedOutput Mixed() => new(
    [
        new(1, new GaussianOutput(-0.5f)),
        new(1, new GaussianPerRowOutput(-6.9f)),
        new(1, new BernoulliOutput()),
        new(2, new CategoricalOutput()),
        new(1, new GaussianPerFeatureOutput([0.3f])),
    ]);
}
