using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Training;
using MLNet.Vae.Training.Steps;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training.Steps;

/// <summary>The gradient that is written out is the one that automatic differentiation finds.</summary>
public sealed class DenseStepTests
{
    private const int Features = 6,
        Latent = 3,
        Condition = 2,
        Target = 4;
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Models =>
        [
            "relu",
            "tanh",
            "sigmoid",
            "two layers",
            "bernoulli",
            "unit interval",
            "unit interval, fixed sigma",
            "fixed sigma",
            "beta",
            "normalized beta",
            "corrupted",
            "clamped",
            "sigma per feature",
            "sigma per row",
            "categorical",
            "poisson",
            "mixed",
            "conditional",
            "target",
            "observed",
        ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Agrees_with_automatic_differentiation(string model)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        using var parameters = new ParameterVector(CPU);
        var options = Options(model);
        var layout = new RowLayout(Features, model == "target" ? Target : 0, model == "conditional" ? Condition : 0)
        {
            Mask = options.MaskOf(Features),
        };
        var module = new VaeModule(layout, options, parameters, random);
        if (model == "clamped")
        {
            using var _ = no_grad();
            parameters.Values.mul_(30);
        }
        var objective = new TrainingObjective(options.Objective, layout.Reconstructed);
        using var automatic = new AutogradStep(module, objective, parameters);
        using var sliced = new AutogradStep(module, objective, parameters, sliceMultiplyAdds: 3 * module.MultiplyAddsPerRow);
        using var written = new DenseStep(module.Dense(isComplete: true)!, objective);

        // Full batches, a smaller one, and a full one again, which finds the buffers as the first left them.
        foreach (var rows in (long[])[16, 5, 16])
        {
            var x = rand([rows, Features], generator: random);
            var noise = randn([rows, Latent], generator: random);
            var target = layout.Target == 0 ? x : rand([rows, Target], generator: random);
            var condition = layout.Condition == 0 ? null : rand([rows, Condition], generator: random);
            var batch = new TrainingBatch(model == "corrupted" ? rand([rows, Features], generator: random) : x, target, condition);
            if (layout.Mask is not null)
            {
                using var mask = new InputMask(layout.Mask, CPU);
                batch = mask.Of(batch, x);
            }

            var expectedLoss = automatic.Compute(batch, noise);
            var expected = parameters.Gradients.clone();
            foreach (var step in (IGradientStep[])[written, sliced])
            {
                parameters.Gradients.fill_(float.NaN);

                var loss = step.Compute(batch, noise);

                var scale = expected.norm().item<float>();
                Assert.InRange((parameters.Gradients - expected).norm().item<float>(), 0, Tolerance * scale);
                Assert.Equal(expectedLoss.Reconstruction, loss.Reconstruction, Tolerance * Math.Abs(expectedLoss.Reconstruction));
                Assert.Equal(expectedLoss.Kl, loss.Kl, Tolerance * Math.Abs(expectedLoss.Kl));
            }
        }
    }

    [Fact]
    public void Is_for_plain_perceptrons_only()
    {
        Assert.NotNull(Dense(new()));
        Assert.Null(Dense(new() { Architecture = VaeArchitecture.Linear }));
        Assert.Null(Dense(new() { Architecture = VaeArchitecture.Mlp(4) with { LayerNorm = true } }));
        Assert.Null(Dense(new() { Architecture = VaeArchitecture.Mlp(4) with { Dropout = 0.5 } }));
        Assert.Null(Dense(new() { Latent = VaeLatent.Deterministic(2) }));
        Assert.Null(
            Dense(
                new()
                {
                    Condition = new() { ColumnName = "c", LearnedPrior = true },
                }
            )
        );
    }

    private static DenseModel? Dense(VaeOptions options)
    {
        using var random = new Generator(7);
        using var parameters = new ParameterVector(CPU);
        return new VaeModule(new(Features, Condition: options.Condition is null ? 0 : Condition), options, parameters, random)
            .Dense(isComplete: true);
    }

    private static VaeOptions Options(string model)
    {
        var mlp = VaeArchitecture.Mlp(7);
        var options = new VaeOptions { Latent = VaeLatent.Gaussian(Latent), Architecture = mlp };
        return model switch
        {
            "tanh" => options with { Architecture = mlp with { Activation = Activation.Tanh } },
            "sigmoid" => options with { Architecture = mlp with { Activation = Activation.Sigmoid } },
            "two layers" => options with { Architecture = VaeArchitecture.Mlp(9, 7) },
            "bernoulli" => options with { Likelihood = VaeLikelihood.Bernoulli },
            "unit interval" => options with { Likelihood = VaeLikelihood.GaussianUnitInterval },
            "unit interval, fixed sigma" => options with { Likelihood = VaeLikelihood.GaussianUnitInterval with { Sigma = 0.5 } },
            "fixed sigma" => options with { Likelihood = VaeLikelihood.GaussianWithSigma(0.5) },
            "normalized beta" => options with { Objective = new() { NormalizedBeta = 3 } },
            "sigma per feature" => options with { Likelihood = VaeLikelihood.GaussianPerFeature },
            "sigma per row" => options with { Likelihood = VaeLikelihood.GaussianPerRow },
            "poisson" => options with { Likelihood = VaeLikelihood.Poisson },
            "categorical" => options with { Likelihood = VaeLikelihood.Categorical },
            "mixed" => options with
            {
                Likelihood = VaeLikelihood.Mixed(
                    ("a", 1, VaeLikelihood.Gaussian),
                    ("b", 1, VaeLikelihood.GaussianPerRow),
                    ("c", 2, VaeLikelihood.Categorical),
                    ("d", 1, VaeLikelihood.Bernoulli),
                    ("e", 1, VaeLikelihood.GaussianPerFeature)
                ),
            },
            // Which values are there is read by the encoder; all are.
            "observed" => Options("mixed") with { MissingValues = VaeMissingValues.Observed },
            "beta" => options with { Objective = new() { Beta = 3 } },
            _ => options,
        };
    }
}
