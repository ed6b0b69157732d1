using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Architectures;

/// <summary>
/// The gradient of the whole loss, through convolutions and their transposes, against central differences along random directions.
/// </summary>
public sealed class ConvolutionalGradientTests
{
    private const int Rows = 8, Latent = 3, Directions = 8;
    private const double Step = 3e-3, Tolerance = 0.01;

    [Theory]
    [InlineData(PixelLayout.Planar, 0)]
    [InlineData(PixelLayout.Interleaved, 6)]
    public void Matches_finite_differences(PixelLayout layout, int hidden)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(7);
        using var parameters = new ParameterVector(CPU);
        var architecture = VaeArchitecture.Convolutional(5, 4, 2, 3, 4) with
        {
            Layout = layout,
            HiddenSize = hidden,
            Activation = Activation.Tanh,
        };
        var features = architecture.Image.ValueCount;
        var module = new VaeModule(
            new(features),
            new VaeOptions { Architecture = architecture, Latent = VaeLatent.Gaussian(Latent) },
            parameters,
            random
        );
        var x = rand([Rows, features], generator: random);
        var noise = randn([Rows, Latent], generator: random);

        Loss().backward();

        for (var i = 0; i < Directions; i++)
        {
            var direction = randn(parameters.Values.shape, generator: random);
            direction.div_(direction.norm());
            var expected = (At(Step) - At(-2 * Step)) / (2 * Step);
            At(Step);
            Assert.Equal(
                expected,
                (parameters.Gradients * direction).sum().item<float>(),
                Tolerance * parameters.Gradients.norm().item<float>()
            );

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
