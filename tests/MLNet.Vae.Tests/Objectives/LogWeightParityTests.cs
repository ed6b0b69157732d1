using Microsoft.ML.OnnxRuntime;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>
/// ln p(x, z) − ln q(z | x) of given samples: what the importance-weighted bound trains on is what the exported model computes.
/// </summary>
public sealed class LogWeightParityTests
{
    private const int Features = 12,
        Conditions = 3,
        Rows = 7,
        Samples = 5;

    public static TheoryData<string, string, string> Models
    {
        get
        {
            var models = new TheoryData<string, string, string>();
            foreach (var architecture in (string[])["linear", "relu", "gelu norm"])
            {
                foreach (
                    var latent in (string[])
                        ["gaussian", "mixture", "conditional", "learned prior", "hierarchical", "conditional hierarchical"]
                )
                {
                    models.Add(latent, architecture, "learned");
                }
                foreach (
                    var likelihood in (string[])["fixed", "bernoulli", "per feature", "per row", "categorical", "mixed", "tails and counts"]
                )
                {
                    models.Add("gaussian", architecture, likelihood);
                }
            }
            models.Add("gaussian", "convolutional", "per row");
            models.Add("gaussian", "convolutional, of series", "per row");
            models.Add("conditional", "recurrent", "per row");
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
        var conditions = options.Condition is null ? 0 : Conditions;
        var module = new VaeModule(new(Features, Target: 0, conditions), options, parameters, random);
        parameters.Values.mul_(2);
        var scaling = likelihood is "bernoulli" or "categorical" or "mixed" or "tails and counts"
            ? FeatureScaling.Identity(Features + conditions)
            : Scaling(Features + conditions);
        var drawn = rand([Rows, Features + conditions], generator: random).ToArray().Chunk(Features + conditions);
        var whole = tensor(
            drawn.SelectMany(row => (float[])[.. PossibleRows.Of(options.Likelihood, row[..Features]), .. row[Features..]]).ToArray(),
            [Rows, Features + conditions]
        );
        var normalised = (whole - tensor(scaling.Offset)) / tensor(scaling.Scale);
        var x = normalised.narrow(1, 0, Features);
        var noise = randn([Samples * Rows, module.Latent.NoiseLength], generator: random);

        var terms = module.Terms(
            new(x, x, conditions == 0 ? null : normalised.narrow(1, Features, conditions)),
            noise,
            Samples,
            densities: true
        );
        var expected = (terms.LogRatio! - terms.Reconstruction).ToArray();
        var sizes = (terms.LogRatio!.abs() + terms.Reconstruction.abs()).ToArray();
        var model = VaeModel.Create(module.Export(scaling), Info(options, module, conditions));
        var found = Run(model, whole.narrow(1, 0, Features).ToArray(), whole.narrow(1, Features, conditions).ToArray(), noise.ToArray());

        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-5 * sizes[i]);
    }

    private static float[] Run(VaeModel model, float[] x, float[] condition, float[] noise)
    {
        using var session = new InferenceSession(model.ToRun(GraphInterface.Importance, TensorNames.LogWeight));
        using var features = OrtValue.CreateTensorValueFromMemory(x, [Rows, Features]);
        using var told = OrtValue.CreateTensorValueFromMemory(condition, [Rows, model.Info.ConditionCount]);
        using var draws = OrtValue.CreateTensorValueFromMemory(noise, [Samples * Rows, model.Info.LatentDimension]);
        using var repeats = OrtValue.CreateTensorValueFromMemory(new long[] { Samples, 1 }, [2]);
        using var runOptions = new RunOptions();
        var inputs = new Dictionary<string, OrtValue>
        {
            ["features"] = features,
            ["noise"] = draws,
            ["repeats"] = repeats,
        };
        if (model.Info.ConditionCount > 0)
            inputs["condition"] = told;
        using var results = session.Run(runOptions, inputs, ["log_weight"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static VaeOptions Options(string latent, string architecture, string likelihood) =>
        new()
        {
            Architecture = architecture switch
            {
                "linear" => VaeArchitecture.Linear,
                "relu" => VaeArchitecture.Mlp(16, 8),
                "convolutional" => VaeArchitecture.Convolutional(3, 4, 1, 2, 3),
                "convolutional, of series" => VaeArchitecture.Convolutional1D(6, 2, 2, 3),
                "recurrent" => VaeArchitecture.Recurrent(6, 2, hiddenSize: 5),
                _ => VaeArchitecture.Mlp(16, 8) with { Activation = Activation.Gelu, LayerNorm = true },
            },
            Latent = latent switch
            {
                "mixture" => VaeLatent.GaussianMixture(4, 3),
                "hierarchical" or "conditional hierarchical" => VaeLatent.Hierarchical(3, 2, 1),
                _ => VaeLatent.Gaussian(4),
            },
            Condition = latent is "conditional" or "learned prior" or "conditional hierarchical"
                ? new() { ColumnName = "Condition", LearnedPrior = latent == "learned prior" }
                : null,
            Likelihood = likelihood switch
            {
                "learned" => VaeLikelihood.Gaussian,
                "fixed" => VaeLikelihood.GaussianWithSigma(0.2),
                "per feature" => VaeLikelihood.GaussianPerFeature,
                "per row" => VaeLikelihood.GaussianPerRow,
                "categorical" => VaeLikelihood.Categorical,
                "mixed" => VaeLikelihood.Mixed(
                    ("a", 3, VaeLikelihood.Gaussian),
                    ("b", 3, VaeLikelihood.GaussianPerRow),
                    ("c", 4, VaeLikelihood.Categorical),
                    ("d", 2, VaeLikelihood.Bernoulli)
                ),
                "tails and counts" => VaeLikelihood.Mixed(
                    ("a", 4, VaeLikelihood.StudentT()),
                    ("b", 4, VaeLikelihood.Poisson),
                    ("c", 4, VaeLikelihood.NegativeBinomial)
                ),
                _ => VaeLikelihood.Bernoulli,
            },
        };

    private static VaeModelInfo Info(VaeOptions options, VaeModule module, int conditions) =>
        new()
        {
            FeatureCount = Features,
            LatentDimension = module.Latent.Length,
            ConditionCount = conditions,
            LatentKind = options.Latent.Kind,
            Architecture = options.Architecture.Describe(),
            Likelihood = options.Likelihood.Describe(),
            Normalization = "standardize",
            Columns = options.Columns,
        };

    private static FeatureScaling Scaling(int width) =>
        new([.. Enumerable.Range(0, width).Select(j => j / 10f)], [.. Enumerable.Range(0, width).Select(j => MathF.Pow(2, j % 3))]);
}
