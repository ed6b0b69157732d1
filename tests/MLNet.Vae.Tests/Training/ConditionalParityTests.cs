using MLNet.Vae.Data;
using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

/// <summary>
/// The exported graphs of conditional models, of models with a target, and of those with both, compute what the trained modules compute.
/// </summary>
public sealed class ConditionalParityTests
{
    private const int Features = 12, Target = 5, Latent = 4, Condition = 3, Rows = 40;

    public static TheoryData<string, bool, string, bool> Family
    {
        get
        {
            var family = new TheoryData<string, bool, string, bool>();
            foreach (var architecture in (string[])["linear", "mlp"])
            {
                foreach (var condition in (string[])["none", "plain", "prior"])
                {
                    family.Add(architecture, false, condition, false);
                    family.Add(architecture, false, condition, true);
                    family.Add(architecture, true, condition, false);
                    family.Add(architecture, true, condition, true);
                }
            }
            return family;
        }
    }

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(string architecture, bool target, string condition, bool extreme)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var layout = new RowLayout(Features, target ? Target : 0, condition == "none" ? 0 : Condition);
        var options = Options(architecture, condition);
        var module = new VaeModule(layout, options, parameters, random);
        parameters.Values.mul_(2);
        var scaling = Parity.Scaling(layout.Width);
        var rows = Values(random, layout.Width, extreme);

        var normalised = Parity.Scaled(rows, scaling);
        var x = normalised.narrow(1, 0, Features);
        var c = layout.Condition == 0 ? null : normalised.narrow(1, Features + layout.Target, Condition);
        var code = module.Encode(x, c, ones(rows.Length, Latent));
        var output = module.Decode(code.Mean, c);
        var (from, width) = target ? (Features, Target) : (0, Features);
        var outputScaling = scaling.Slice(from, width);
        var reconstruction = output * tensor(outputScaling.Scale) + tensor(outputScaling.Offset);

        var model = VaeModel.Create(module.Export(scaling), Info(options, layout));
        var inputs = Inputs(rows, layout);
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        var found = scorer.Run(inputs);
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
        Parity.AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        Assert.Equal(!target, found.ContainsKey("score"));
        if (!target)
        {
            var score = code.Kl.sum(1L) - module.Likelihood.LogDensity(x, output);
            Parity.AssertScore(score.view(-1, 1), found);
        }

        using var encoder = new OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var posterior = encoder.Run(inputs);
        Assert.Equal(found["mean"], posterior["mean"]);
        Assert.Equal(found["log_sigma"], posterior["log_sigma"]);
        inputs.Remove("features");
        inputs["z"] = posterior["mean"];
        Assert.Equal(found["reconstruction"], decoder.Run(inputs)["reconstruction"]);
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("mlp")]
    public void The_prior_of_the_graph_is_the_module_s(string architecture)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var layout = new RowLayout(Features, Condition: Condition);
        var options = Options(architecture, "prior");
        var module = new VaeModule(layout, options, parameters, random);
        parameters.Values.mul_(30);
        var scaling = Parity.Scaling(layout.Width);
        var rows = Values(random, layout.Width, extreme: false);

        var info = Info(options, layout);
        var scorer = GraphCut.Cut(ScorerGraph.Write(module.Export(scaling), info), GraphInterface.Scorer, info);
        scorer.Output.Add(GraphInterface.Rows(TensorNames.PriorMean, Latent));
        scorer.Output.Add(GraphInterface.Rows(TensorNames.PriorLogSigma, Latent));
        using var graph = new OnnxRunner(ModelFile.Write(scorer, info));
        var found = graph.Run(Inputs(rows, layout));

        // KL in closed form from the graph's own posterior and prior, dimension by dimension, against the module's.
        var normalised = Parity.Scaled(rows, scaling);
        var code = module.Encode(normalised.narrow(1, 0, Features), normalised.narrow(1, Features, Condition), ones(rows.Length, Latent));
        var kl = code.Kl.ToArray();
        Assert.Contains(found["prior_mean"].SelectMany(r => r), m => Math.Abs(m) > 0.1);
        for (var row = 0; row < rows.Length; row++)
        {
            var expected = Enumerable.Range(0, Latent).Select(j =>
            {
                var (mean, logSigma) = ((double)found["mean"][row][j], (double)found["log_sigma"][row][j]);
                var (m, logS) = ((double)found["prior_mean"][row][j], (double)found["prior_log_sigma"][row][j]);
                return ((Math.Exp(2 * (logSigma - logS)) + Math.Pow((mean - m) / Math.Exp(logS), 2) - 1) / 2) - logSigma + logS;
            });
            Near.Equal([.. expected], kl.AsSpan(row * Latent, Latent).ToArray(), $"KL of row {row}");
        }
    }

    private static Dictionary<string, float[][]> Inputs(float[][] rows, RowLayout layout)
    {
        var inputs = new Dictionary<string, float[][]> { ["features"] = [.. rows.Select(r => r[..Features])] };
        if (layout.Condition > 0)
            inputs["condition"] = [.. rows.Select(r => r[^Condition..])];
        return inputs;
    }

    private static VaeOptions Options(string architecture, string condition) => new()
    {
        Architecture = architecture == "linear"
            ? VaeArchitecture.Linear
            : VaeArchitecture.Mlp(16, 8) with { Activation = Activation.Gelu, LayerNorm = true },
        Latent = VaeLatent.Gaussian(Latent),
        Condition = condition == "none" ? null : new() { ColumnName = "Condition", LearnedPrior = condition == "prior" },
    };

    private static VaeModelInfo Info(VaeOptions options, RowLayout layout) => new()
    {
        FeatureCount = layout.Features,
        TargetCount = layout.Target,
        ConditionCount = layout.Condition,
        ConditionKind = layout.Condition == 0 ? null : VaeInputKind.Vector,
        LatentDimension = Latent,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "standardize",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = options.Columns,
    };

    private static float[][] Values(Generator random, int width, bool extreme) => extreme
        ? ExtremeRows.Of(width, 0, 1e-30f, -1e-6f, 1e3f, -1e5f)
        : Parity.RandomRows(Rows, width, random);
}
