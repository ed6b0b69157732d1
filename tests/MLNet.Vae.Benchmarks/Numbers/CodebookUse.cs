using Microsoft.ML;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>How much of a codebook a vector-quantised autoencoder uses.</summary>
internal sealed class CodebookUse : INumbersTable
{
    private const string Digits = "optdigits/optdigits.tra", MnistFolder = "mnist";
    private const int Seed = 1, ReferenceSize = 512, ReferenceDimension = 64;

    public string Name => "codebook";

    public string Title => "Vector-quantised autoencoder, use of the codebook";

    public IReadOnlyList<string> Files =>
        [Digits, $"{MnistFolder}/train-images-idx3-ubyte.gz", $"{MnistFolder}/train-labels-idx1-ubyte.gz"];

    public string Describe(NumbersOptions options) =>
        $"`{Digits}`, 2,999 rows of 64 pixels, and MNIST, {MnistRows(options):N0} rows; a tenth held out, seed {Seed}. The library's "
        + "defaults (128-64 ReLU, commitment "
        + $"{VectorQuantizedLatent.DefaultCommitment}, decay {VectorQuantizedLatent.DefaultDecay}) but for what the table names; "
        + $"{ReferenceSize} entries of length {ReferenceDimension} are the reference "
        + "setting of van den Oord et al. 2017. Perplexity of the entries' use on the held-out rows, at the best epoch; σ is the "
        + "decoder's, in normalised units: the share of the "
        + "standard deviation that is not reconstructed.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var digits = new ArrayView([.. OpticalDigits.Read(options.Path(Digits)).SelectMany(row => row)], OpticalDigits.Pixels);
        var mnist = new ArrayView(Mnist.Train(options.Path(MnistFolder)).Take(MnistRows(options)).Images, Mnist.Pixels);
        (string Data, IDataView View, VectorQuantizedLatent Latent)[] models =
        [
            ("optdigits", digits, VaeLatent.VectorQuantized(codebookSize: 64, codeDimension: 8)),
            ("optdigits", digits, VaeLatent.VectorQuantized(codebookSize: 128, codeDimension: 8, codes: 4)),
            ("optdigits", digits, VaeLatent.VectorQuantized(ReferenceSize, ReferenceDimension, codes: 4)),
            ("MNIST", mnist, VaeLatent.VectorQuantized(ReferenceSize, ReferenceDimension, codes: 4)),
        ];
        yield return new(
            "",
            ["data", "entries", "length", "codes per row", "perplexity", "share of the entries", "σ", "epochs", "best epoch", "s"],
            [.. models.Select(model => Measure(model.Data, model.View, model.Latent, options))]);
    }

    private static string[] Measure(string name, IDataView view, VectorQuantizedLatent latent, NumbersOptions options)
    {
        options.Progress($"codebook: {name}, {latent.CodebookSize} entries");
        using var transformer = new MLContext(Seed).Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = ArrayView.Column,
            Latent = latent,
            Training = new() { Epochs = Epochs(options), Seed = Seed, Threads = options.Threads },
        }).Fit(view);
        var history = Trained.Sound(transformer.Model.Info.Training!);
        return
        [
            name,
            Cell(latent.CodebookSize, 0),
            Cell(latent.CodeDimension, 0),
            Cell(latent.Codes, 0),
            Cell(history.Best.Perplexity, 1),
            $"{Cell(100 * history.Best.Perplexity / latent.CodebookSize, 0)} %",
            Cell(history.Best.DecoderSigma, 3),
            Cell(Epochs(options), 0),
            Cell(history.BestEpoch, 0),
            Seconds(history.Elapsed.TotalSeconds),
        ];
    }

    private static int MnistRows(NumbersOptions options) => options.Full ? 60_000 : 6_000;

    private static int Epochs(NumbersOptions options) => options.Full ? 200 : 40;
}
