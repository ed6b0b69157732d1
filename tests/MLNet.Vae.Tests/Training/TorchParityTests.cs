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
        var scaling = likelihood == "bernoulli" ? FeatureScaling.Identity(Features) : Scaling();
        var rows = extreme ? Extreme(likelihood == "bernoulli") : RandomRows(random);

        var offset = tensor(scaling.Offset);
        var scale = tensor(scaling.Scale);
        var x = (tensor(rows.SelectMany(r => r).ToArray(), [rows.Length, Features]) - offset) / scale;
        var code = module.Encode(x, condition: null, ones(rows.Length, Latent));
        var (mean, logSigma) = (code.Mean, code.LogSigma!);
        var output = module.Decode(mean, condition: null);
        var reconstruction = (likelihood == "bernoulli" ? output.sigmoid() : output) * scale + offset;

        var model = VaeModel.Create(module.Export(scaling), Info(options));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(rows, Features);
        AssertNear(mean, found["mean"], "mean");
        AssertNear(logSigma, found["log_sigma"], "log σ");
        AssertNear(reconstruction, found["reconstruction"], "reconstruction");
    }

    private static void AssertNear(Tensor expected, float[][] found, string what)
    {
        var width = found[0].Length;
        var rows = expected.ToArray().Select(v => (double)v).Chunk(width).ToArray();
        for (var i = 0; i < rows.Length; i++)
            Near.Equal(rows[i], found[i], $"{what} of row {i}");
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
            Columns = options.Columns,
        };

    private static FeatureScaling Scaling() =>
        new(
            [.. Enumerable.Range(0, Features).Select(j => 3f * j - 10)],
            [.. Enumerable.Range(0, Features).Select(j => MathF.Pow(2, j - 4))]
        );

    private static float[][] RandomRows(Generator random) => [.. rand([Rows, Features], generator: random).ToArray().Chunk(Features)];

    private static float[][] Extreme(bool unitInterval) =>
        ExtremeRows.Of(Features, unitInterval ? [0, 1, 1e-30f] : [0, 1e-30f, -1e-6f, 1e3f, -1e5f, 1e7f]);
}
