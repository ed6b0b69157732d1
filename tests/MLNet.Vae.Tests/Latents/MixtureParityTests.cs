using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>The exported graphs of a mixture compute what the trained module computes.</summary>
public sealed class MixtureParityTests
{
    private const int Features = 12, Rows = 64;

    [Theory]
    [InlineData("linear", 1, false)]
    [InlineData("linear", 10, false)]
    [InlineData("linear", 10, true)]
    [InlineData("mlp", 1, true)]
    [InlineData("mlp", 5, false)]
    [InlineData("mlp", 5, true)]
    [InlineData("gelu norm", 100, false)]
    [InlineData("gelu norm", 100, true)]
    public void Torch_and_ONNX_Runtime_agree(string architecture, int components, bool extreme)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(architecture, components);
        var module = new VaeModule(new(Features), options, parameters, random);
        // Also the components: of different weights and widths.
        parameters.Values.mul_(2).Accumulate(randn(parameters.Values.shape, generator: random).mul_(0.1));
        var rows = extreme
            ? ExtremeRows.Of(Features, 0, 1e-30f, -1e-6f, 1e3f, -1e5f, 1e7f)
            : Parity.RandomRows(Rows, Features, random);
        var x = Parity.Scaled(rows, FeatureScaling.Identity(Features));
        var code = module.Encode(x, condition: null, zeros(rows.Length, module.Latent.Length));
        var trained = module.Export(FeatureScaling.Identity(Features));
        using var more = new ParameterVector(CPU);
        var prior = new LearnedMixturePrior(components, module.Latent.Length, more, random);
        more.Build();
        prior.Set(((MixturePosterior)trained.Latent).Prior);
        var output = module.Decode(code.Mean, condition: null);
        var negativeBound = code.Kl.sum(1L) - module.Likelihood.LogDensity(x, output);

        var model = VaeModel.Create(trained, Info(options, components));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        using var encoder = new OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var found = scorer.Run(rows, Features);
        var encoded = encoder.Run(rows, Features);

        Assert.Equal(["mean", "log_sigma", "component", "reconstruction", "score", "contributions"], scorer.Session.OutputMetadata.Keys);
        Assert.Equal(["mean", "log_sigma", "component"], encoder.Session.OutputMetadata.Keys);
        foreach (
            var (name, expected) in new[]
            {
                ("mean", code.Mean),
                ("log_sigma", code.LogSigma!),
                ("component", prior.Kl(code.Mean, code.LogSigma!).Components),
                ("reconstruction", output),
            }
        )
        {
            Parity.AssertNear(expected, found[name], name);
            if (encoded.TryGetValue(name, out var same))
                Assert.Equal(found[name], same);
        }
        Parity.AssertScore(negativeBound.view(-1, 1), found);
        Assert.All(found["component"], p => Assert.Equal(1, p.Sum(), 1e-5f));
        Parity.AssertNear(output, decoder.Run(found["mean"], module.Latent.Length)["reconstruction"], "reconstruction of the decoder");
    }

    private static VaeOptions Options(string architecture, int components) => new()
    {
        Architecture = architecture switch
        {
            "linear" => VaeArchitecture.Linear,
            "mlp" => VaeArchitecture.Mlp(16, 8),
            _ => VaeArchitecture.Mlp(16, 8) with { Activation = Activation.Gelu, LayerNorm = true },
        },
        Latent = VaeLatent.GaussianMixture(4, components),
    };

    private static VaeModelInfo Info(VaeOptions options, int components) => new()
    {
        FeatureCount = Features,
        LatentDimension = 4,
        LatentKind = VaeLatentKind.GaussianMixture,
        ComponentCount = components,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "none",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = options.Columns,
    };
}
