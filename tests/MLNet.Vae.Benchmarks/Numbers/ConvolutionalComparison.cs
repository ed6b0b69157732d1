using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary><see cref="ConvolutionalVersusMlp"/> as a table.</summary>
internal sealed class ConvolutionalComparison : INumbersTable
{
    private const string Folder = "mnist";

    public string Name => "convolutional";

    public string Title => "MNIST, convolutions beside perceptrons of as many weights";

    public IReadOnlyList<string> Files => [$"{Folder}/train-images-idx3-ubyte.gz", $"{Folder}/train-labels-idx1-ubyte.gz"];

    public string Describe(NumbersOptions options) =>
        $"The first {Rows(options):N0} rows, binarised once (seed 1), a tenth held out; 20 latent dimensions, Bernoulli likelihood, seed "
        + "1. "
        + "Bound on the held-out rows at the best epoch, one sample of z each, nats per row.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (
            var row in ConvolutionalVersusMlp.Measure(
                options.Path(Folder),
                Rows(options),
                Epochs(options),
                MoreEpochs(options),
                options.Threads
            )
        )
        {
            options.Progress($"{Name}: {row.Architecture}");
            rows.Add([
                row.Architecture,
                Cell(row.Weights, 0),
                Cell(row.Elbo, 2),
                Cell(row.Reconstruction, 2),
                Cell(row.Kl, 2),
                Cell(row.ActiveUnits, 0),
                Cell(row.Epochs, 0),
                Cell(row.BestEpoch, 0),
                Seconds(row.SecondsPerEpoch),
            ]);
        }
        yield return new(
            "",
            ["architecture", "weights", "bound", "reconstruction", "KL", "active units", "epochs", "best epoch", "s per epoch"],
            rows
        );
    }

    private static int Rows(NumbersOptions options) => options.Full ? 60_000 : 6_000;

    private static int Epochs(NumbersOptions options) => options.Full ? 20 : 5;

    // A pass of a perceptron takes a fraction of the time.
    private static int MoreEpochs(NumbersOptions options) => 10 * Epochs(options);
}
