using Microsoft.ML;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>Negative log-likelihood of MNIST's test rows, after a fixed number of epochs, with the way there.</summary>
internal sealed class MnistLikelihood : INumbersTable
{
    private const string Folder = "mnist";
    private const int Seed = 1, TrainBinarisationSeed = 1, TestBinarisationSeed = 2;

    // Of the epochs: where the curve is read off.
    private static readonly int[] Readings = [1, 2, 5, 10, 20, 50, 100, 200, 500];

    public string Name => "mnist-likelihood";

    public string Title => "MNIST, negative log-likelihood";

    public IReadOnlyList<string> Files =>
    [
        $"{Folder}/train-images-idx3-ubyte.gz", $"{Folder}/train-labels-idx1-ubyte.gz",
        $"{Folder}/t10k-images-idx3-ubyte.gz", $"{Folder}/t10k-labels-idx1-ubyte.gz",
    ];

    public string Describe(NumbersOptions options) =>
        $"60,000 rows, binarised once (seed {TrainBinarisationSeed}), a tenth of them held out; tested on {TestRows(options):N0} of the "
        + "10,000 test rows, "
        + $"binarised once (seed {TestBinarisationSeed}), {ImportanceSamples(options):N0} importance samples per row, ± the standard "
        + "error over rows. "
        + $"Adam, learning rate 0.001 falling as a cosine, batches of 128, seed {Seed}, best epoch on the held-out rows. Published "
        + "figures come from 500 to 3,280 epochs; "
        + "those of dynamic binarisation, drawn anew each epoch, are about 2 nats lower and no comparison.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var train = Mnist.Train(options.Path(Folder)).Binarised(TrainBinarisationSeed);
        var test = Mnist.Test(options.Path(Folder)).Binarised(TestBinarisationSeed).Take(TestRows(options));
        var measured = Variants(options.Full).Select(variant => Measure(variant, train, test, options)).ToList();

        yield return new(
            "",
            ["model", "−ln p", "±", "held-out bound", "active units", "epochs", "best epoch", "s", "published"],
            [.. measured.Select(result => result.Cells)]);
        yield return new(
            "The way there: bound on the held-out rows, and seconds since the start.",
            ["epoch", .. measured.Select(result => result.Variant.Model)],
            [.. Readings.Where(epoch => measured.Any(result => epoch <= result.History.Epochs.Count))
                .Select(epoch => (string[])[Cell(epoch, 0), .. measured.Select(result => Reading(result.History, epoch))])]);
    }

    private static Measured Measure(Variant variant, Mnist train, Mnist test, NumbersOptions options)
    {
        options.Progress($"mnist-likelihood: {variant.Model}");
        var mlContext = new MLContext(Seed);
        using var transformer = mlContext.Transforms.VaeEmbed(variant.Options with
        {
            InputColumnName = nameof(Digit.Pixels),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = variant.Epochs, Seed = Seed, Threads = options.Threads },
        }).Fit(Digit.View(mlContext, train));
        var sampled = ImportanceSampling.Of(transformer, Digit.View(mlContext, test), ImportanceSamples(options), Seed);
        var history = Trained.Sound(transformer.Model.Info.Training!);
        return new(variant, history,
        [
            variant.Model,
            Cell(-sampled.Mean, 2),
            Cell(sampled.RowError, 2),
            Cell(history.Best.ValidationElbo, 2),
            Cell(history.Best.ActiveUnits, 0),
            Cell(variant.Epochs, 0),
            Cell(history.BestEpoch, 0),
            Seconds(history.Elapsed.TotalSeconds),
            variant.Published,
        ]);
    }

    private static string Reading(VaeTrainingHistory history, int epoch)
    {
        if (epoch > history.Epochs.Count)
            return "";
        var seconds = history.Epochs.Take(epoch).Sum(passed => history.TrainingRows / passed.RowsPerSecond);
        return $"{Cell(history.Epochs[epoch - 1].ValidationElbo, 2)} ({Seconds(seconds)} s)";
    }

    private static int TestRows(NumbersOptions options) => options.Full ? 10_000 : 1_000;

    private static int ImportanceSamples(NumbersOptions options) => options.Full ? 5_000 : 200;

    private static IEnumerable<Variant> Variants(bool full)
    {
        var tanh = VaeArchitecture.Mlp(200, 200) with { Activation = Activation.Tanh };
        yield return new(
            "VAE 784-400-40 ReLU",
            new() { Architecture = VaeArchitecture.Mlp(400), Latent = VaeLatent.Gaussian(40) },
            full ? 500 : 30,
            "89.78 fixed (Pythae)");
        yield return new(
            "VAE 784-200-200-50 tanh, K = 1",
            new() { Architecture = tanh, Latent = VaeLatent.Gaussian(50) },
            full ? 200 : 10,
            "86.76 dynamic (Burda 2016)");
        yield return new(
            "the same, importance-weighted, K = 5",
            new() { Architecture = tanh, Latent = VaeLatent.Gaussian(50), Objective = new() { Samples = 5, ImportanceWeighted = true } },
            full ? 200 : 10,
            "85.54 dynamic (Burda 2016)");
        yield return new(
            "the same as K = 1, given the digit",
            new() { Architecture = tanh, Latent = VaeLatent.Gaussian(50), Condition = new() { ColumnName = nameof(Digit.Label) } },
            full ? 200 : 10,
            "82.32 dynamic");
    }

    private sealed record Variant(string Model, VaeOptions Options, int Epochs, string Published);

    private sealed record Measured(Variant Variant, VaeTrainingHistory History, string[] Cells);
}
