using Microsoft.ML;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>
/// MNIST, binarised once with a seed, 20 latent dimensions, Bernoulli likelihood: the convolutional architecture beside perceptrons of as
/// many weights. All see the same rows in the same order for the same number of epochs, and one perceptron for more; the rows held out are
/// the same.
/// </summary>
internal static class ConvolutionalVersusMlp
{
    private const int Latent = 20, BinarisationSeed = 1, Seed = 1;

    // The second hidden layer of a perceptron, of the first.
    private const int Narrowing = 2;

    /// <param name="folder">Of the MNIST files.</param>
    /// <param name="rows">Of the 60,000 rows, from the first; a tenth of them is held out.</param>
    /// <param name="epochs">Passes of each model.</param>
    /// <param name="moreEpochs">Passes of a last perceptron: a pass of one takes a fraction of the time.</param>
    /// <param name="threads">Of torch.</param>
    public static IEnumerable<Row> Measure(string folder, int rows, int epochs, int moreEpochs, int threads)
    {
        var data = new ArrayView(Mnist.Train(folder).Take(rows).Binarised(BinarisationSeed).Images, Mnist.Pixels);
        var convolutional = VaeArchitecture.Convolutional(Mnist.Side, Mnist.Side);
        var weights = Weights(convolutional);
        var oneLayer = Mlp(weights, size => [size]);
        foreach (var architecture in (VaeArchitecture[])[convolutional, oneLayer, Mlp(weights, size => [size, size / Narrowing])])
            yield return Measure(data, architecture, epochs, threads);
        yield return Measure(data, oneLayer, moreEpochs, threads);
    }

    public static Row Measure(IDataView data, VaeArchitecture architecture, int epochs, int threads)
    {
        var options = Options(architecture) with { Training = new() { Epochs = epochs, Seed = Seed, Threads = threads } };
        using var transformer = new MLContext(Seed).Transforms.VaeEmbed(options).Fit(data);
        var info = transformer.Model.Info;
        var history = Trained.Sound(info.Training!);
        var best = history.Epochs[history.BestEpoch - 1];
        var kl = best.KlPerDimension.Sum();
        return new(info.Architecture, Weights(architecture), best.ValidationElbo!.Value, -best.ValidationElbo.Value - kl, kl,
            best.ActiveUnits, history.BestEpoch, epochs, history.Elapsed.TotalSeconds / history.Epochs.Count);
    }

    /// <summary>Weights and biases of the whole model.</summary>
    public static long Weights(VaeArchitecture architecture)
    {
        using var random = new torch.Generator(Seed);
        using var parameters = new ParameterVector(torch.CPU);
        _ = new VaeModule(new(Mnist.Pixels), Options(architecture), parameters, random);
        return parameters.Values.numel();
    }

    /// <summary>The largest perceptron of no more weights.</summary>
    public static MlpArchitecture Mlp(long weights, Func<int, int[]> hiddenSizes)
    {
        var size = Narrowing;
        while (Weights(VaeArchitecture.Mlp(hiddenSizes(size + 1))) <= weights)
            size++;
        return VaeArchitecture.Mlp(hiddenSizes(size));
    }

    private static VaeOptions Options(VaeArchitecture architecture) => new()
    {
        InputColumnName = ArrayView.Column,
        Architecture = architecture,
        Latent = VaeLatent.Gaussian(Latent),
        Likelihood = VaeLikelihood.Bernoulli,
    };

    /// <summary>A line of the table; nats per row.</summary>
    /// <param name="Architecture">In words.</param>
    /// <param name="Weights">Weights and biases of the whole model.</param>
    /// <param name="Elbo">Of the held-out rows, one sample of z each, at the best epoch.</param>
    /// <param name="Reconstruction">−E ln p(x | z) of the same.</param>
    /// <param name="Kl">KL(q(z | x) ‖ p(z)) of the same.</param>
    /// <param name="ActiveUnits">Latent dimensions in use.</param>
    /// <param name="BestEpoch">The epoch whose weights these are.</param>
    /// <param name="Epochs">Passes allowed.</param>
    /// <param name="SecondsPerEpoch">Training and judging.</param>
    internal sealed record Row(
        string Architecture,
        long Weights,
        double Elbo,
        double Reconstruction,
        double Kl,
        int ActiveUnits,
        int BestEpoch,
        int Epochs,
        double SecondsPerEpoch
    );
}
