using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using static MLNet.Vae.Benchmarks.Numbers.MarkdownTable;

namespace MLNet.Vae.Benchmarks.Numbers;

/// <summary>Bits of a pixel of binarised MNIST, by a model's bits-back coding and by what compresses anything.</summary>
internal sealed class Compression : INumbersTable
{
    private const string Folder = "mnist";
    private const int Seed = 1, TrainBinarisationSeed = 1, TestBinarisationSeed = 2, Hidden = 400, Latents = 40;
    private const int MapEntries = 512, MapDimension = 8;

    public string Name => "compression";

    public string Title => "MNIST, compression";

    public IReadOnlyList<string> Files =>
    [
        $"{Folder}/train-images-idx3-ubyte.gz", $"{Folder}/train-labels-idx1-ubyte.gz",
        $"{Folder}/t10k-images-idx3-ubyte.gz", $"{Folder}/t10k-labels-idx1-ubyte.gz",
    ];

    public string Describe(NumbersOptions options) =>
        $"60,000 rows, binarised once (seed {TrainBinarisationSeed}), a tenth of them held out; {TestRows(options):N0} of the 10,000 test "
        + $"rows, binarised once (seed {TestBinarisationSeed}), as bytes and back, compared bit for bit. 784-{Hidden}-{Latents} ReLU, "
        + $"Bernoulli likelihood, seed {Seed}; the bound is −ELBO of the same rows, from one sample of each, in bits a pixel. gzip packs "
        + "eight pixels in a byte and all rows in one file; PNG is of one bit a pixel and a file for each row, without its header and "
        + "checksums counted: the compressed lines alone. Codes lose what they do not say. Townsend, Bird and Barber 2019 have 0.19 by "
        + "bits back after longer training.";

    public IEnumerable<MarkdownTable> Measure(NumbersOptions options)
    {
        var train = Mnist.Train(options.Path(Folder)).Binarised(TrainBinarisationSeed);
        var test = Mnist.Test(options.Path(Folder)).Binarised(TestBinarisationSeed).Take(TestRows(options));
        var rows = test.Images.Chunk(Mnist.Pixels).ToArray();
        var packed = rows.Select(Packed).ToArray();
        List<string[]> lines = [];
        foreach (var epochs in Epochs(options))
            lines.Add(BitsBack(train, rows, epochs, options));
        lines.Add(Codes(train, rows, options));
        lines.Add(["gzip", BitsOf(Gzip([.. packed.SelectMany(row => row)]), rows), "", "", "", "", ""]);
        lines.Add(["PNG", BitsOf(packed.Sum(Png), rows), "", "", "", "", ""]);
        yield return new("", ["", "bits a pixel", "bound", "squared error", "s to train", "s there", "s back"], lines);
    }

    private static string[] BitsBack(Mnist train, float[][] rows, int epochs, NumbersOptions options)
    {
        options.Progress($"compression: {epochs} epochs");
        var mlContext = new MLContext(Seed);
        using var transformer = mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = ArrayView.Column,
            Architecture = VaeArchitecture.Mlp(Hidden),
            Latent = VaeLatent.Gaussian(Latents),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = epochs, Seed = Seed, Threads = options.Threads },
        }).Fit(new ArrayView(train.Images, Mnist.Pixels));
        var history = Trained.Sound(transformer.Model.Info.Training!);
        var view = new ArrayView([.. rows.SelectMany(row => row)], Mnist.Pixels);
        var bound = transformer.LogLikelihood(view, 1, Seed).GetColumn<float>("LogLikelihood").Average(nats => -(double)nats);
        var (size, there, back) = RoundTrip(transformer, rows, isLossless: true);
        return
        [
            $"bits back, {epochs} epochs",
            BitsOf(size, rows),
            Cell(bound / Math.Log(2) / Mnist.Pixels, 4),
            "0",
            Seconds(history.Elapsed.TotalSeconds),
            there,
            back,
        ];
    }

    private static string[] Codes(Mnist train, float[][] rows, NumbersOptions options)
    {
        options.Progress("compression: codes");
        using var transformer = new MLContext(Seed).Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = ArrayView.Column,
            Architecture = VaeArchitecture.Mlp(Hidden),
            Latent = VaeLatent.VectorQuantized(MapEntries, MapDimension, codes: 16),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = new() { Epochs = CodeEpochs(options), Seed = Seed, Threads = options.Threads },
        }).Fit(new ArrayView(train.Take(options.Full ? train.Rows : 10_000).Images, Mnist.Pixels));
        using var generator = VaeGenerator.From(transformer);
        var error = generator.Reconstruct(rows).Rows.Zip(rows, (made, row) => made.Zip(row, (a, b) => (a - b) * (a - b)).Sum()).Average();
        var (size, there, back) = RoundTrip(transformer, rows, isLossless: false);
        return
        [
            "16 codes of 512 entries by their prior",
            BitsOf(size, rows),
            Cell(transformer.Model.Info.CodePrior!.HeldOutNats / Math.Log(2) / Mnist.Pixels, 4),
            Cell(error, 1),
            Seconds(transformer.Model.Info.Training!.Elapsed.TotalSeconds),
            there,
            back,
        ];
    }

    private static (long Bytes, string There, string Back) RoundTrip(VaeTransformer transformer, float[][] rows, bool isLossless)
    {
        using var compressor = VaeCompressor.From(transformer);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var bytes = compressor.Compress(rows);
        var there = Seconds(clock.Elapsed.TotalSeconds);
        clock.Restart();
        var found = compressor.Decompress(bytes);
        var back = Seconds(clock.Elapsed.TotalSeconds);
        if (isLossless && !found.Zip(rows, (a, b) => a.SequenceEqual(b)).All(same => same))
            throw new InvalidOperationException("Other rows came back than went in.");
        return (bytes.Length, there, back);
    }

    private static string BitsOf(long bytes, float[][] rows) => Cell(8.0 * bytes / rows.Length / Mnist.Pixels, 4);

    /// <summary>Eight pixels in a byte, each line by itself, as PNG has them.</summary>
    private static byte[] Packed(float[] row)
    {
        const int bits = 8, lineBytes = (Mnist.Side + bits - 1) / bits;
        var packed = new byte[Mnist.Side * lineBytes];
        for (var pixel = 0; pixel < row.Length; pixel++)
        {
            var (line, column) = (pixel / Mnist.Side, pixel % Mnist.Side);
            if (row[pixel] == 1)
                packed[(line * lineBytes) + (column / bits)] |= (byte)(0x80 >> (column % bits));
        }
        return packed;
    }

    private static long Gzip(byte[] bytes)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(bytes);
        return file.Length;
    }

    /// <summary>The lines of a picture, each behind the number of its filter, none.</summary>
    private static long Png(byte[] packed)
    {
        using var file = new MemoryStream();
        using (var zlib = new ZLibStream(file, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            foreach (var line in packed.Chunk(packed.Length / Mnist.Side))
            {
                zlib.WriteByte(0);
                zlib.Write(line);
            }
        }
        return file.Length;
    }

    private static int TestRows(NumbersOptions options) => options.Full ? 10_000 : 2_000;

    private static int[] Epochs(NumbersOptions options) => options.Full ? [10, 30, 200] : [2, 10];

    private static int CodeEpochs(NumbersOptions options) => options.Full ? 100 : 15;
}
