using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Tests.Onnx;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>The numbers of the scorer, for every likelihood.</summary>
public class OutputGraphTests
{
    private const int Features = 6;
    private const double SampledTolerance = 2e-3;

    private static readonly float[] LogSigmas = [-0.8f, 0, 0.4f, -2, -6.5f, 1];

    private static readonly Dictionary<string, OutputDistribution> Distributions = new()
    {
        ["per feature"] = new GaussianPerFeatureOutput(LogSigmas),
        ["unit interval"] = new GaussianUnitIntervalOutput(-0.9f),
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
        var possible = kind.Rows(20).Select(row => Possible(likelihood, network, row));
        var extreme = kind.ExtremeRows();
        if (likelihood != "mixed")
            extreme = [.. extreme, .. extreme.Select(row => Possible(likelihood, network, row))];
        // Weights of samples are exponentials of what a score is, which of extreme rows single precision cannot tell apart.
        var isSampled = scoreKind == VaeScoreKind.NegativeLogLikelihood;
        float[][] rows = [.. possible, .. kind.Rows(5), .. isSampled ? [] : extreme];
        var tolerance = isSampled ? SampledTolerance : Near.Tolerance;

        var found = scorer.Run(rows, Features);

        for (var r = 0; r < rows.Length; r++)
        {
            var expected = DoubleForwardPass.Run(network, scoreKind, rows[r]);
            Near.Equal(expected.Mean, found["mean"][r], $"row {r} mean");
            Near.Equal(expected.LogSigma, found["log_sigma"][r], $"row {r} log_sigma");
            Near.Equal(expected.Reconstruction, found["reconstruction"][r], $"row {r} reconstruction");
            Near.Equal(expected.Contributions, found["contributions"][r], $"row {r} contributions", tolerance);
            Near.Equal([expected.Score], found["score"][r], $"row {r} score", tolerance);
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
    [InlineData("unit interval")]
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

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void A_category_that_training_has_not_seen_costs_the_floor_or_what_the_rarest_does(float certainty)
    {
        var kind = Kind("categorical") with { ScoreKind = VaeScoreKind.ReconstructionError };
        var network = kind.Network();
        var output = (DenseLayer)network.Decoder[^1] with { Bias = [certainty, -certainty, 0, 0, 0, 0] };
        network = network with { Decoder = [.. network.Decoder.SkipLast(1), output] };
        using var scorer = new OnnxRunner(VaeModel.Create(network, kind.Info).ToOnnx(VaeGraph.Scorer));
        float[][] known = [.. Enumerable.Range(0, Features).Select(Category)];

        var unknown = scorer.Run([new float[Features]], Features);

        var cost = unknown["score"][0][0];
        Assert.True(cost >= 24 * Math.Log(2) - 1e-4, $"{cost}");
        var costs = DoubleOutput.OnSupport(
            network.Distribution, kind.ScoreKind, new double[Features], DoubleForwardPass.Decoded(network, unknown["mean"][0]));
        Near.Equal([costs.Sum()], unknown["score"][0], "score");
        Near.Equal(costs, unknown["contributions"][0], "contributions");
        if (certainty > 0)
            Assert.True(cost > 900, $"{cost}");
        Assert.True(certainty > 0 || scorer.Run(known, Features)["score"].All(score => score[0] < cost));
    }

    /// <summary>A row like this one that the likelihood can have: whole numbers, or a category.</summary>
    private static float[] Possible(string likelihood, TrainedVae network, float[] row)
    {
        if (IsOfCounts(likelihood))
            return [.. row.Select(value => MathF.Round(20 * MathF.Abs(value)))];
        if (likelihood == "categorical")
            return OneHot(row);
        if (likelihood != "mixed")
            return row;
        var (offset, scale) = (network.Scaling.Offset, network.Scaling.Scale);
        var category = OneHot(row[3..5]);
        return [.. row.Select((value, j) => j is 3 or 4 ? category[j - 3] * scale[j] + offset[j] : value)];
    }

    private static float[] Category(int place) => [.. new float[Features].Select((_, j) => j == place ? 1f : 0)];

    private static float[] OneHot(float[] values) => [.. values.Select((_, j) => j == Array.IndexOf(values, values.Max()) ? 1f : 0)];

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
