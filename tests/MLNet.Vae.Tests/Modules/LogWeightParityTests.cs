using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Modules;
using MLNet.Vae.Networks;
using MLNet.Vae.Onnx;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Modules;

/// <summary>ln p(x, z) − ln q(z | x) of given samples: what the importance-weighted bound trains on is what the exported model computes.</summary>
public sealed class LogWeightParityTests
{
    private const int Features = 12, Rows = 7, Samples = 5;

    public static TheoryData<string, string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string, string>();
            foreach (var architecture in (string[])["linear", "relu", "gelu norm"])
            {
                foreach (var likelihood in (string[])["learned", "fixed", "bernoulli"])
                {
                    models.Add("gaussian", architecture, likelihood);
                    models.Add("hierarchical", architecture, likelihood);
                    models.Add("mixture", architecture, likelihood);
                }
            }
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Torch_and_ONNX_Runtime_agree(string latent, string architecture, string likelihood)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = Options(latent, architecture, likelihood);
        var module = new VaeModule(new(Features), options, parameters, random);
        parameters.Values.mul_(2);
        var scaling = likelihood == "bernoulli" ? FeatureScaling.Identity(Features) : Scaling();
        var x = rand([Rows, Features], generator: random);
        var noise = randn([Samples * Rows, module.Latent.NoiseLength], generator: random);

        var terms = module.Terms(new((x - tensor(scaling.Offset)) / tensor(scaling.Scale)), noise, Samples, densities: true);
        var expected = (terms.LogRatio! - terms.Reconstruction).ToArray();
        var sizes = (terms.LogRatio!.abs() + terms.Reconstruction.abs()).ToArray();
        var found = Run(VaeModel.Create(module.Export(scaling), Info(options, module)), x.ToArray(), noise.ToArray());

        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-5 * sizes[i]);
    }

    private static float[] Run(VaeModel model, float[] x, float[] noise)
    {
        using var session = new InferenceSession(model.ToRun(GraphInterface.Importance));
        using var features = OrtValue.CreateTensorValueFromMemory(x, [Rows, Features]);
        using var draws = OrtValue.CreateTensorValueFromMemory(noise, [Samples * Rows, model.Info.LatentDimension]);
        using var repeats = OrtValue.CreateTensorValueFromMemory(new long[] { Samples, 1 }, [2]);
        using var runOptions = new RunOptions();
        var inputs = new Dictionary<string, OrtValue> { ["features"] = features, ["noise"] = draws, ["repeats"] = repeats };
        using var results = session.Run(runOptions, inputs, ["log_weight"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static VaeOptions Options(string latent, string architecture, string likelihood) => new()
    {
        Architecture = architecture switch
        {
            "linear" => VaeArchitecture.Linear,
            "relu" => VaeArchitecture.Mlp(16, 8),
            _ => VaeArchitecture.Mlp(16, 8) with { Activation = Activation.Gelu, LayerNorm = true },
        },
        Latent = latent switch
        {
            "gaussian" => VaeLatent.Gaussian(4),
            "mixture" => VaeLatent.GaussianMixture(4, 3),
            "hierarchical" => VaeLatent.Hierarchical(3, 2, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(latent), latent, null),
        },
        Likelihood = likelihood switch
        {
            "learned" => VaeLikelihood.Gaussian,
            "fixed" => VaeLikelihood.GaussianWithSigma(0.2),
            _ => VaeLikelihood.Bernoulli,
        },
    };

    private static VaeModelInfo Info(VaeOptions options, VaeModule module) => new()
    {
        FeatureCount = Features,
        LatentDimension = module.Latent.Length,
        LatentKind = options.Latent.Kind,
        ComponentCount = (options.Latent as GaussianMixtureLatent)?.Components ?? 0,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "standardize",
        Columns = options.Columns,
    };

    private static FeatureScaling Scaling() => new(
        [.. Enumerable.Range(0, Features).Select(j => j / 10f)], [.. Enumerable.Range(0, Features).Select(j => MathF.Pow(2, j % 3))]);
}
