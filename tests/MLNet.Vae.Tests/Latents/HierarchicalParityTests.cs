using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Onnx;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Onnx;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>The exported levels compute what the trained ones compute.</summary>
public sealed class HierarchicalParityTests
{
    private const int Features = 12, Rows = 40;

    public static TheoryData<int[], string, bool> Models
    {
        get
        {
            var models = new TheoryData<int[], string, bool>();
            foreach (var dimensions in (int[][])[[4], [4, 2], [3, 2, 1], [2, 5, 3, 1]])
            {
                foreach (var architecture in (string[])["linear", "Relu", "Gelu norm"])
                {
                    models.Add(dimensions, architecture, false);
                    models.Add(dimensions, architecture, true);
                }
            }
            return models;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Torch_and_ONNX_Runtime_agree(int[] dimensions, string architecture, bool extreme)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var options = new VaeOptions
        {
            Architecture =
                architecture == "linear"
                    ? VaeArchitecture.Linear
                    : VaeArchitecture.Mlp(16, 8) with
                    {
                        Activation = Enum.Parse<Activation>(architecture.Split(' ')[0]),
                        LayerNorm = architecture.EndsWith("norm"),
                    },
            Latent = VaeLatent.Hierarchical(dimensions) with { HiddenSize = 9 },
        };
        var module = new VaeModule(new(Features), options, parameters, random);
        parameters.Values.mul_(2);
        var rows = extreme
            ? ExtremeRows.Of(Features, 0, 1e-30f, -1e-6f, 1e3f, -1e5f, 1e7f)
            : Parity.RandomRows(Rows, Features, random);
        var x = Parity.Scaled(rows, FeatureScaling.Identity(Features));

        var code = module.Encode(x, condition: null, zeros(rows.Length, dimensions.Sum()));
        var reconstruction = module.Decode(code.Mean, condition: null);
        // Without noise the sampled path is that of the means, and so is the divergence.
        var score = code.Kl.sum(1L) - module.Likelihood.LogDensity(x, reconstruction);

        var model = VaeModel.Create(module.Export(FeatureScaling.Identity(Features)), Info(options, dimensions));
        using var scorer = new OnnxRunner(model.ToOnnx(VaeGraph.Scorer));
        using var encoder = new OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        using var decoder = new OnnxRunner(model.ToOnnx(VaeGraph.Decoder));
        var found = scorer.Run(rows, Features);
        Parity.AssertNear(code.Mean, found["mean"], "mean");
        Parity.AssertNear(code.LogSigma!, found["log_sigma"], "log σ");
        Parity.AssertNear(reconstruction, found["reconstruction"], "reconstruction");
        // Far from any row, estimate and prior are large and alike, and the divergence has lost the digits that they share.
        if (!extreme)
            Parity.AssertScore(score.view(-1, 1), found);
        Assert.Equal(found["mean"], encoder.Run(rows, Features)["mean"]);
        Assert.Equal(found["reconstruction"], decoder.Run(found["mean"], dimensions.Sum())["reconstruction"]);
    }

    [Fact]
    public void The_prior_s_graph_gives_the_prior_of_each_level_at_any_code()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(5);
        using var parameters = new ParameterVector(CPU);
        int[] dimensions = [3, 2, 1];
        var options = new VaeOptions { Architecture = VaeArchitecture.Mlp(8), Latent = VaeLatent.Hierarchical(dimensions) };
        var module = new VaeModule(new(Features), options, parameters, random);
        var network = module.Export(FeatureScaling.Identity(Features));
        var model = VaeModel.Create(network, Info(options, dimensions));
        var z = randn([Rows, 6], generator: random).ToArray().Chunk(6).ToArray();

        using var prior = new OnnxRunner(
            VaeModel
                .Load(new MemoryStream(model.ToOnnx(VaeGraph.Scorer)))
                .ToRun(GraphInterface.Prior, TensorNames.PriorMean, TensorNames.PriorLogSigma)
        );
        var found = prior.Run(z, 6);

        var levels = ((HierarchicalPosterior)network.Latent).Levels;
        for (var row = 0; row < Rows; row++)
        {
            double[] mean = [.. Of(levels[0].Prior!, p => p.Mean, z[row][3..5]), .. Of(levels[1].Prior!, p => p.Mean, z[row][5..6]), 0];
            double[] logSigma =
            [
                .. Of(levels[0].Prior!, p => p.LogSigma, z[row][3..5]),
                .. Of(levels[1].Prior!, p => p.LogSigma, z[row][5..6]),
                0,
            ];
            Near.Equal(mean, found["prior_mean"][row], $"prior mean at {row}");
            Near.Equal(logSigma, found["prior_log_sigma"][row], $"prior log σ at {row}");
        }
    }

    private static double[] Of(GaussianPrior prior, Func<GaussianPrior, DenseLayer> head, float[] above)
    {
        var x = above.Select(v => (double)v).ToArray();
        foreach (var layer in prior.Hidden)
            x = layer is DenseLayer dense ? Apply(dense, x) : [.. x.Select(v => Math.Max(0, v))];
        return Apply(head(prior), x);
    }

    private static double[] Apply(DenseLayer layer, double[] x)
        => [.. layer.Bias.Select((b, o) => b + x.Select((v, i) => v * layer.Weight[(o * layer.Inputs) + i]).Sum())];

    private static VaeModelInfo Info(VaeOptions options, int[] dimensions) => new()
    {
        FeatureCount = Features,
        LatentDimension = dimensions.Sum(),
        LatentKind = VaeLatentKind.Hierarchical,
        LevelDimensions = dimensions,
        Architecture = options.Architecture.Describe(),
        Likelihood = options.Likelihood.Describe(),
        Normalization = "none",
        ScoreKind = VaeScoreKind.NegativeElbo,
        Columns = options.Columns,
    };
}
