using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

/// <summary>The exported graphs compute what the trained modules compute.</summary>
public sealed class TorchParityTests
{
    private const int Features = 12,
        Latent = 4,
        Rows = 64;

    public static TheoryData<string, string, bool> Family
    {
        get
        {
            var family = new TheoryData<string, string, bool>();
            foreach (var architecture in (string[])["linear", "Relu", "Gelu", "Tanh", "Sigmoid", "Relu norm", "Gelu norm"])
            {
                foreach (var likelihood in (string[])["learned", "fixed", "bernoulli"])
                {
                    family.Add(architecture, likelihood, false);
                    family.Add(architecture, likelihood, true);
                }
            }
            return family;
        }
    }

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(string architecture, string likelihood, bool extreme)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(architecture, likelihood);
        var module = new VaeModule(new(Features), options, parameters, random);
        parameters.Values.mul_(2);
        var scaling = likelihood == "bernoulli" ? FeatureScaling.Identity(Features) : Parity.Scaling(Features);
        var rows = extreme ? Extreme(likelihood == "bernoulli") : Parity.RandomRows(Rows, Features, random);

        var x = Parity.Scaled(rows, scaling);
        var code = module.Encode(x, condition: null, ones(rows.Length, Latent));
        var (mean, logSigma) = (code.Mean, code.LogSigma!);
        var output = module.Decode(mean, condition: null);
        var reconstruction = (likelihood == "bernoulli" ? output.sigmoid() : output) * tensor(scaling.Scale) + tensor(scaling.Offset);
        var score = code.Kl.sum(1L) - module.Likelihood.LogDensity(x, output);

        var model = VaeModel.Create(module.Export(scaling), Info(options));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, Features);
        Parity.AssertNear(mean, found["mean"], "mean");
        Parity.AssertNear(logSigma, found["log_sigma"], "log σ");
        Parity.AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        Parity.AssertScore(score.view(-1, 1), found);

        using var encoder = new OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var posterior = encoder.Run(rows, Features);
        Assert.Equal(found["mean"], posterior["mean"]);
        Assert.Equal(found["log_sigma"], posterior["log_sigma"]);
        Assert.Equal(found["reconstruction"], decoder.Run(found["mean"], Latent)["reconstruction"]);
    }

    private static VaeOptions Options(string architecture, string likelihood) =>
        new()
        {
            Architecture =
                architecture == "linear"
                    ? VaeArchitecture.Linear
                    : VaeArchitecture.Mlp(16, 8) with
                    {
                        Activation = Enum.Parse<Activation>(architecture.Split(' ')[0]),
                        LayerNorm = architecture.EndsWith("norm"),
                    },
            Latent = VaeLatent.Gaussian(Latent),
            Likelihood = likelihood switch
            {
                "learned" => VaeLikelihood.Gaussian,
                "fixed" => VaeLikelihood.GaussianWithSigma(0.2),
                _ => VaeLikelihood.Bernoulli,
            },
        };

    private static VaeModelInfo Info(VaeOptions options) =>
        new()
        {
            FeatureCount = Features,
            LatentDimension = Latent,
            Architecture = options.Architecture.Describe(),
            Likelihood = options.Likelihood.Describe(),
            Normalization = "standardize",
            ScoreKind = VaeScoreKind.NegativeElbo,
            Columns = options.Columns,
        };

    private static float[][] Extreme(bool unitInterval) =>
        ExtremeRows.Of(Features, unitInterval ? [0, 1, 1e-30f] : [0, 1e-30f, -1e-6f, 1e3f, -1e5f, 1e7f]);
}
