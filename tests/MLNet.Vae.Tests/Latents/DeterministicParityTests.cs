using MLNet.Vae.Graphs;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>The exported graphs of autoencoders without a distribution compute what the trained modules compute.</summary>
public sealed class DeterministicParityTests
{
    private const int Features = 12, Rows = 64;

    public static TheoryData<string, Activation?, bool, VaeScoreKind> Family
    {
        get
        {
            var family = new TheoryData<string, Activation?, bool, VaeScoreKind>();
            foreach (var architecture in (string[])["linear", "Relu", "Gelu", "Tanh", "Sigmoid"])
            {
                foreach (var activation in (Activation?[])[null, Activation.Relu, Activation.Sigmoid])
                {
                    family.Add(architecture, activation, false, VaeScoreKind.NegativeElbo);
                    family.Add(architecture, activation, true, VaeScoreKind.ReconstructionError);
                }
            }
            return family;
        }
    }

    [Theory]
    [MemberData(nameof(Family))]
    public void Torch_and_ONNX_Runtime_agree(string architecture, Activation? activation, bool isBernoulli, VaeScoreKind scoreKind)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var random = new Generator(3);
        using var parameters = new ParameterVector(CPU);
        var module = new VaeModule(new(Features), Options(architecture, activation, isBernoulli), parameters, random);
        parameters.Values.mul_(2);
        var scaling = isBernoulli ? FeatureScaling.Identity(Features) : Parity.Scaling(Features);
        foreach (var rows in (float[][][])[Parity.RandomRows(Rows, Features, random), Extreme(isBernoulli)])
        {
            var x = Parity.Scaled(rows, scaling);
            var code = module.Encode(x, condition: null, empty(rows.Length, 0));
            var output = module.Decode(code.Mean, condition: null);
            var mean = isBernoulli ? output.sigmoid() : output;

            var found = TrainedGraph.Run(module.Export(scaling), rows, scoreKind);
            Assert.False(found.ContainsKey("log_sigma"));
            Parity.AssertNear(code.Mean, found["mean"], "code");
            Parity.AssertNear(mean * tensor(scaling.Scale) + tensor(scaling.Offset), found["reconstruction"], "reconstruction");
            var score = !isBernoulli && scoreKind == VaeScoreKind.ReconstructionError
                ? (x - output).Squared().sum(1L)
                : -module.Likelihood.LogDensity(x, output);
            Parity.AssertScore(score.view(rows.Length, 1), found);
        }
    }

    private static VaeOptions Options(string architecture, Activation? activation, bool isBernoulli) =>
        new()
        {
            Architecture =
                architecture == "linear"
                    ? VaeArchitecture.Linear
                    : VaeArchitecture.Mlp(16, 8) with
                    {
                        Activation = Enum.Parse<Activation>(architecture),
                    },
            // Over-complete.
            Latent = VaeLatent.Deterministic(20) with
            {
                Activation = activation,
            },
            Likelihood = isBernoulli ? VaeLikelihood.Bernoulli : VaeLikelihood.GaussianWithSigma(0.5),
        };

    private static float[][] Extreme(bool unitInterval) =>
        ExtremeRows.Of(Features, unitInterval ? [0, 1, 1e-30f] : [0, 1e-30f, -1e-6f, 1e3f, -1e5f, 1e7f]);
}
