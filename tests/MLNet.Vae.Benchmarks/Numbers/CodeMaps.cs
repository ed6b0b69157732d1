using Microsoft.ML;
using MLNet.Vae.Modules;
using MLNet.Vae.Training;
using TorchSharp;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>Sixteen codes for a picture: a map of them beside a perceptron of as many weights, and what their prior is worth.</summary>
internal sealed class CodeMaps : INumbersTable
{
    private const string Folder = "mnist";
    private const int Seed = 1, Entries = 512, Dimension = 8, Codes = 16, Samples = 500, TestRows = 1_000;

    public string Name => "code-maps";

    public string Title => "Vector-quantised autoencoder, sixteen codes of a picture";

    public IReadOnlyList<string> Files => [$"{Folder}/train-images-idx3-ubyte.gz", $"{Folder}/train-labels-idx1-ubyte.gz"];

    public string Describe(NumbersOptions options) =>
        $"MNIST, the first {Rows(options):N0} rows, a tenth held out, and {TestRows:N0} rows behind them to test on; {Codes} codes of "
        + $"{Entries} entries of length {Dimension}, Bernoulli likelihood, seed {Seed}. Squared error and share of "
        + "samples are of the test rows: the squared difference of a picture and what is made of its codes, and `VaePriorCoverage`, of "
        + "which a prior that covers what is encoded has 95 % near and a distance ratio near 1. Nats are those of a row's codes by the "
        + "prior, on the held-out rows; where every code is as likely they are "
        + $"{Codes * Math.Log(Entries):F1}.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var all = Mnist.Train(options.Path(Folder)).Take(Rows(options) + TestRows).Images;
        var (train, test) = (all[..(Rows(options) * Mnist.Pixels)], all[(Rows(options) * Mnist.Pixels)..].Chunk(Mnist.Pixels).ToArray());
        var map = VaeArchitecture.Convolutional(Mnist.Side, Mnist.Side, 1, 32, 64, 64);
        var maps = VaeLatent.VectorQuantizedMap(Entries, Dimension);
        var row = VaeLatent.VectorQuantized(Entries, Dimension, Codes);
        yield return new(
            "",
            [
                "model", "weights", "squared error", "perplexity", "nats of the codes", "samples near", "distance ratio",
                "without the prior: near", "ratio", "epochs", "s",
            ],
            [
                .. new (string, VaeArchitecture, VectorQuantizedLatent, int)[]
                {
                    ("4 x 4 map", map, maps, Epochs(options)),
                    ("perceptron", Mlp(Weights(map, maps), row), row, PerceptronEpochs(options)),
                }.Select(model => Measure(model, train, test, options)),
            ]);
    }

    private static string[] Measure(
        (string Name, VaeArchitecture Architecture, VectorQuantizedLatent Latent, int Epochs) model, float[] train, float[][] test,
        NumbersOptions options)
    {
        options.Progress($"code-maps: {model.Name}");
        using var transformer = new MLContext(Seed).Transforms.VaeEmbed(Options(model.Architecture, model.Latent) with
        {
            Training = new() { Epochs = model.Epochs, Seed = Seed, Threads = options.Threads },
        }).Fit(new ArrayView(train, Mnist.Pixels));
        var info = transformer.Model.Info;
        var history = Trained.Sound(info.Training!);
        using var generator = VaeGenerator.From(transformer);
        using var uniform = VaeGenerator.From(transformer.Model.With(info with { CodePrior = null }));
        var error = generator.Reconstruct(test).Rows.Zip(test, (made, row) => made.Zip(row, (a, b) => (a - b) * (a - b)).Sum()).Average();
        var rows = train.Chunk(Mnist.Pixels).ToArray();
        var (with, without) = (
            VaePriorCoverage.Measure(generator, rows, test, Samples, Seed), VaePriorCoverage.Measure(uniform, rows, test, Samples, Seed));
        return
        [
            $"{model.Name}, {info.Architecture}",
            Cell(Weights(model.Architecture, model.Latent), 0),
            Cell(error, 2),
            Cell(history.Best.Perplexity, 1),
            Cell(info.CodePrior!.HeldOutNats, 1),
            $"{Cell(100 * with.NearShare, 0)} %",
            Cell(with.DistanceRatio, 2),
            $"{Cell(100 * without.NearShare, 0)} %",
            Cell(without.DistanceRatio, 2),
            Cell(history.Epochs.Count, 0),
            Seconds(history.Elapsed.TotalSeconds),
        ];
    }

    /// <summary>Weights and biases of the whole model.</summary>
    private static long Weights(VaeArchitecture architecture, VectorQuantizedLatent latent)
    {
        using var random = new torch.Generator(Seed);
        using var parameters = new ParameterVector(torch.CPU);
        _ = new VaeModule(new(Mnist.Pixels), Options(architecture, latent), parameters, random);
        return parameters.Values.numel();
    }

    /// <summary>The smallest perceptron of no fewer weights.</summary>
    private static MlpArchitecture Mlp(long weights, VectorQuantizedLatent latent)
    {
        var size = 1;
        while (Weights(VaeArchitecture.Mlp(size), latent) < weights)
            size++;
        return VaeArchitecture.Mlp(size);
    }

    private static VaeOptions Options(VaeArchitecture architecture, VectorQuantizedLatent latent) => new()
    {
        InputColumnName = ArrayView.Column,
        Architecture = architecture,
        Latent = latent,
        Likelihood = VaeLikelihood.Bernoulli,
    };

    private static int Rows(NumbersOptions options) => options.Full ? 50_000 : 5_000;

    private static int Epochs(NumbersOptions options) => options.Full ? 50 : 12;

    private static int PerceptronEpochs(NumbersOptions options) => options.Full ? 100 : 60;
}
