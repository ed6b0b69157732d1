using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>
/// The gradient of the whole loss, through encoder, reparameterisation and decoder, against central differences along random directions.
/// </summary>
public sealed class LossGradientTests
{
    private const int Rows = 16,
        Features = 5,
        Latent = 3,
        Directions = 8;
    private const double Step = 3e-3,
        Tolerance = 0.01;

    public static TheoryData<string> Models =>
        [
            "linear",
            "mlp",
            "gelu norm",
            "tanh fixed sigma",
            "sigmoid bernoulli",
            "per feature",
            "per row",
            "categorical",
            "student-t",
            "poisson",
            "negative binomial",
            "mixed",
            "hierarchical",
            "hierarchical gelu",
            "mixture",
            "mixture linear",
        ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Matches_finite_differences(string model)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        using var parameters = new ParameterVector(CPU);
        var module = new VaeModule(new(Features), Options(model), parameters, random);
        var x = rand([Rows, Features], generator: random);
        var noise = randn([Rows, module.Latent.NoiseLength], generator: random);

        Loss(module, x, noise).backward();

        for (var i = 0; i < Directions; i++)
        {
            var direction = randn(parameters.Values.shape, generator: random);
            direction.div_(direction.norm());
            var expected = (At(Step) - At(-2 * Step)) / (2 * Step);
            At(Step);
            var found = (parameters.Gradients * direction).sum().item<float>();
            var scale = parameters.Gradients.norm().item<float>();
            Assert.Equal(expected, found, Tolerance * scale);

            double At(double step)
            {
                using var _ = no_grad();
                parameters.Values.add_(direction, step);
                return Loss(module, x, noise).item<float>();
            }
        }
    }

    private static Tensor Loss(VaeModule module, Tensor x, Tensor noise)
    {
        var terms = module.Terms(new(x), noise);
        return (terms.Reconstruction.sum() + terms.Kl.sum()) / Rows;
    }

    private static VaeOptions Options(string model)
    {
        var options = new VaeOptions { Latent = VaeLatent.Gaussian(Latent), Architecture = VaeArchitecture.Mlp(7, 6) };
        return model switch
        {
            "linear" => options with { Architecture = VaeArchitecture.Linear },
            "gelu norm" => options with { Architecture = VaeArchitecture.Mlp(7) with { Activation = Activation.Gelu, LayerNorm = true } },
            "mixture" => options with { Latent = VaeLatent.GaussianMixture(Latent, 4) },
            "mixture linear" => options with { Architecture = VaeArchitecture.Linear, Latent = VaeLatent.GaussianMixture(Latent, 2) },
            "hierarchical" => options with { Latent = VaeLatent.Hierarchical(3, 2, 1) },
            "hierarchical gelu" => options with
            {
                Latent = VaeLatent.Hierarchical(2, 2),
                Architecture = VaeArchitecture.Mlp(7) with { Activation = Activation.Gelu, LayerNorm = true },
            },
            "tanh fixed sigma" => options with
            {
                Architecture = VaeArchitecture.Mlp(7) with { Activation = Activation.Tanh },
                Likelihood = VaeLikelihood.GaussianWithSigma(0.5),
            },
            "sigmoid bernoulli" => options with
            {
                Architecture = VaeArchitecture.Mlp(7, 6) with { Activation = Activation.Sigmoid },
                Likelihood = VaeLikelihood.Bernoulli,
            },
            "per feature" => options with { Likelihood = VaeLikelihood.GaussianPerFeature },
            "per row" => options with { Likelihood = VaeLikelihood.GaussianPerRow },
            "categorical" => options with { Likelihood = VaeLikelihood.Categorical },
            "negative binomial" => options with { Likelihood = VaeLikelihood.NegativeBinomial },
            "poisson" => options with { Likelihood = VaeLikelihood.Poisson },
            "student-t" => options with { Likelihood = VaeLikelihood.StudentT() },
            "mixed" => options with
            {
                Likelihood = VaeLikelihood.Mixed(
                    ("a", 1, VaeLikelihood.Gaussian),
                    ("b", 1, VaeLikelihood.GaussianPerRow),
                    ("c", 2, VaeLikelihood.Categorical),
                    ("d", 1, VaeLikelihood.Bernoulli)
                ),
            },
            _ => options,
        };
    }
}
