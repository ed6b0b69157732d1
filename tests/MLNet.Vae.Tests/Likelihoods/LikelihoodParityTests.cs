using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Likelihoods;

/// <summary>The exported graphs compute what the trained modules compute, whatever the likelihood: every output of the scorer.</summary>
public sealed class LikelihoodParityTests
{
    private const int Features = 12, Latent = 4, Rows = 64;

    public static TheoryData<string, string, bool> Family
    {
        get
        {
            var family = new TheoryData<string, string, bool>();
            string[] likelihoods =
            [
                "per feature", "unit interval", "per row", "categorical", "student-t", "student-t, ν 3", "poisson", "negative binomial",
                "mixed",
            ];
            foreach (var likelihood in likelihoods)
            {
                foreach (var architecture in (string[])["linear", "mlp"])
                {
                    family.Add(likelihood, architecture, false);
                    family.Add(likelihood, architecture, true);
                }
            }
            family.Add("per row", "planar pictures", false);
            family.Add("per row", "interleaved pictures", false);
            family.Add("student-t", "planar pictures", false);
            family.Add("poisson", "planar pictures", false);
            family.Add("negative binomial", "interleaved pictures", false);
            foreach (var likelihood in likelihoods[..^1])
            {
                family.Add(likelihood, "series", false);
                family.Add(likelihood, "recurrent series", false);
            }
            return family;
        }
    }

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(string likelihood, string architecture, bool extreme)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = new VaeOptions
        {
            Architecture = Architecture(architecture),
            Latent = VaeLatent.Gaussian(Latent),
            Likelihood = Likelihood(likelihood),
        };
        var module = new VaeModule(new(Features), options, parameters, random);
        parameters.Values.mul_(2);
        // Large values come out of convolutions with larger errors, and σ² is the exponential of what comes out.
        var scaling = architecture.EndsWith("pictures") || architecture.EndsWith("series")
            ? FeatureScaling.Identity(Features)
            : Scaling(options);
        float[][] rows = extreme ? ExtremeRows(options) : [.. rand([Rows, Features], generator: random).ToArray().Chunk(Features)];
        rows = Array.ConvertAll(rows, row => PossibleRows.Of(options.Likelihood, row));

        var x = (tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, Features]) - tensor(scaling.Offset)) / tensor(scaling.Scale);
        var code = module.Encode(x, condition: null, ones(rows.Length, Latent));
        var output = module.Decode(code.Mean, condition: null);
        var kl = GaussianKl.PerDimension(code.Mean, code.LogSigma!).sum(1);
        var elbo = module.Likelihood.LogDensity(x, output) - kl;
        var network = module.Export(scaling);
        var reconstruction = Double(output)
            .Select(row =>
                DoubleOutput.Mean(network.Distribution, row).Select((mean, j) => mean * scaling.Scale[j] + scaling.Offset[j]).ToArray()
            )
            .ToArray();
        var terms = Double(output)
            .Zip(Double(x), (row, values) => DoubleOutput.Terms(network.Distribution, VaeScoreKind.NegativeElbo, values, row));
        var contributions = terms.Zip(kl.ToArray(), (row, kl) => row.Select(term => term + (double)kl / Features).ToArray()).ToArray();

        using var scorer = new OnnxRunner(VaeModel.Create(network, Info(options)).ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, Features);
        AssertNear(Double(code.Mean), found["mean"], "mean");
        AssertNear(Double(code.LogSigma!), found["log_sigma"], "log σ");
        AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        AssertNear(contributions, found["contributions"], "contributions");
        // Against the largest of the terms that were summed.
        var scores = elbo.ToArray();
        for (var i = 0; i < rows.Length; i++)
            Assert.Equal(-scores[i], found["score"][i][0], Near.Tolerance * contributions[i].Sum(Math.Abs));
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
    }

    private static double[][] Double(Tensor rows) => [.. rows.ToArray().Select(v => (double)v).Chunk((int)rows.size(1))];

    private static void AssertNear(double[][] expected, float[][] found, string what)
    {
        for (var i = 0; i < expected.Length; i++)
            Near.Equal(expected[i], found[i], $"{what} of row {i}");
    }

    private static VaeArchitecture Architecture(string name) => name switch
    {
        "linear" => VaeArchitecture.Linear,
        "mlp" => VaeArchitecture.Mlp(16, 8) with { Activation = Activation.Gelu },
        "series" => VaeArchitecture.Convolutional1D(4, 3, 5, 4) with { Activation = Activation.Tanh },
        "recurrent series" => VaeArchitecture.Recurrent(4, 3, hiddenSize: 7, layers: 2),
        "planar pictures" => VaeArchitecture.Convolutional(2, 3, 2, 4),
        _ => VaeArchitecture.Convolutional(2, 3, 2, 4) with { Layout = PixelLayout.Interleaved },
    };

    private static VaeLikelihood Likelihood(string name) => name switch
    {
        "per feature" => VaeLikelihood.GaussianPerFeature,
        "per row" => VaeLikelihood.GaussianPerRow,
        "unit interval" => VaeLikelihood.GaussianUnitInterval,
        "categorical" => VaeLikelihood.Categorical,
        "negative binomial" => VaeLikelihood.NegativeBinomial,
        "poisson" => VaeLikelihood.Poisson,
        "student-t" => VaeLikelihood.StudentT(),
        "student-t, ν 3" => VaeLikelihood.StudentT(3),
        _ => VaeLikelihood.Mixed(
            ("Fixed", 1, VaeLikelihood.GaussianWithSigma(0.3)),
            ("Shared", 1, VaeLikelihood.Gaussian),
            ("Bought", 1, VaeLikelihood.NegativeBinomial),
            ("Colour", 3, VaeLikelihood.Categorical),
            ("Predicted", 2, VaeLikelihood.GaussianPerRow),
            ("Flags", 1, VaeLikelihood.Bernoulli),
            ("Visits", 1, VaeLikelihood.Poisson),
            ("Sensors", 1, VaeLikelihood.GaussianPerFeature),
            ("Heavy", 1, VaeLikelihood.StudentT())),
    };

    private static VaeModelInfo Info(VaeOptions options) => new()
    {
        FeatureCount = Features,
        LatentDimension = Latent,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "standardize",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = options.Columns,
    };

    private static bool IsScaled(VaeOptions options, int slot) =>
        options.NormalizationOf(slot, new(Features)) == VaeNormalization.Standardize;

    private static FeatureScaling Scaling(VaeOptions options) => new(
        [.. Enumerable.Range(0, Features).Select(j => IsScaled(options, j) ? 3f * j - 10 : 0)],
        [.. Enumerable.Range(0, Features).Select(j => IsScaled(options, j) ? MathF.Pow(2, j - 4) : 1)]);

    /// <summary>Far from any training row, but for values that are probabilities.</summary>
    private static float[][] ExtremeRows(VaeOptions options)
    {
        float[] values = [0, 1, 1e-30f, -1e-6f, 1e3f, -1e5f, 1e7f];
        return
        [
            .. values.Select(v => Row(_ => v)),
            .. values.Select(v => Row(j => j % 3 == 0 ? v : 0)),
        ];

        float[] Row(Func<int, float> value)
            => [.. Enumerable.Range(0, Features).Select(j => IsScaled(options, j) ? value(j) : Math.Clamp(value(j), 0, 1))];
    }
}
