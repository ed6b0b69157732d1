using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Architectures;

public sealed class ConvolutionalVaeTests
{
    private const int Rows = 500, Epochs = 20;

    [Fact]
    public void Explains_pictures_better_than_a_perceptron_of_as_many_weights()
    {
        var rows = GeneratedPictures.Create(Rows, seed: 1);
        var convolutional = Options(VaeArchitecture.Convolutional(GeneratedPictures.Side, GeneratedPictures.Side, 1, 8, 16));
        var weights = Weights(convolutional);
        var size = 1;
        while (Weights(Options(VaeArchitecture.Mlp(size))) < weights)
            size++;

        var (found, beside) = (HeldOut(rows, convolutional), HeldOut(rows, Options(VaeArchitecture.Mlp(size))));

        Assert.True(found > beside + 5, $"ELBO of {weights} weights {found:F2}, of a perceptron with {size} hidden units {beside:F2}");
    }

    private static double HeldOut(float[][] rows, VaeOptions options)
        => Trainer.Train(rows, options).History.Epochs.Max(epoch => epoch.ValidationElbo!.Value);

    private static long Weights(VaeOptions options)
    {
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        _ = new VaeModule(new(GeneratedPictures.Pixels), options, parameters, random);
        return parameters.Values.numel();
    }

    private static VaeOptions Options(VaeArchitecture architecture) => new()
    {
        Architecture = architecture,
        Likelihood = VaeLikelihood.Bernoulli,
        Training = new() { Epochs = Epochs, BatchSize = 32, LearningRate = 3e-3, ValidationFraction = 0.2 },
    };
}
