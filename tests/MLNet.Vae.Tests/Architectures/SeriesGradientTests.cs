using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>The gradient of the whole loss of models of series, against central differences along random directions.</summary>
public sealed class SeriesGradientTests
{
    private const int Rows = 8, Latent = 3, Directions = 8, Steps = 9, Channels = 2;
    private const double Step = 3e-3, Tolerance = 0.01;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Matches_finite_differences(bool recurrent)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        using var parameters = new ParameterVector(CPU);
        VaeArchitecture architecture = recurrent
            ? VaeArchitecture.Recurrent(Steps, Channels, hiddenSize: 5, layers: 2)
            : VaeArchitecture.Convolutional1D(Steps, Channels, 3, 4) with { Activation = Activation.Tanh };
        var module = new VaeModule(
            new(Steps * Channels), new VaeOptions { Architecture = architecture, Latent = VaeLatent.Gaussian(Latent) }, parameters, random);
        var x = rand([Rows, Steps * Channels], generator: random);
        var noise = randn([Rows, Latent], generator: random);

        Loss().backward();

        for (var i = 0; i < Directions; i++)
        {
            var direction = randn(parameters.Values.shape, generator: random);
            direction.div_(direction.norm());
            var expected = (At(Step) - At(-2 * Step)) / (2 * Step);
            At(Step);
            Assert.Equal(
                expected, (parameters.Gradients * direction).sum().item<float>(), Tolerance * parameters.Gradients.norm().item<float>());

            double At(double step)
            {
                using var _ = no_grad();
                using Scalar along = step;
                parameters.Values.add_(direction, along);
                return Loss().item<float>();
            }
        }

        Tensor Loss()
        {
            var terms = module.Terms(new(x), noise);
            return (terms.Reconstruction.sum() + terms.Kl.sum()) / Rows;
        }
    }
}
