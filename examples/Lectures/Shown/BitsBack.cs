using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Bits back with asymmetric numeral systems (Townsend, Bird and Barber 2019), and codes as a way that loses something.</summary>
internal sealed class BitsBack : Section
{
    private const int Dimension = 20, Hidden = 256, Entries = 128, Length = 8, PixelsOfCode = 49, FewestCodes = 4;
    private const int Few = 10, Columns = 16, BoundDraws = 5;
    private const double StartBytes = 36, BitsOfLatent = 14;

    public override int Number => 15;

    public override string Name => "compression";

    public override string Title => "Compression: bits back, and codes";

    public override string Formula =>
        "Bits of x: E[−log₂ p(x | z) − log₂ p(z) + log₂ q(z | x)] = −ELBO / ln 2. z is taken out of the message by q(z | x), "
        + "x put in by p(x | z), z by p(z).";

    public override string LookFor =>
        "Black and white pictures that were not trained on come back pixel for pixel, from bytes that are as long as the bound says, "
        + "below what compresses anything. The first z comes out of bits that are there for it alone, which a few pictures do not pay "
        + "for. Codes take fewer bits, and give something else back.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var (train, test) = (Binarised(lecture.Train, lecture.Seed), Binarised(lecture.Test, lecture.Seed + 1));
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(Hidden),
            Latent = VaeLatent.Gaussian(Dimension),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 8_000, learningRate: 0.002),
        };
        using var model = lecture.Context.Transforms.VaeEmbed(options).Fit(lecture.View(train));
        using var compressor = VaeCompressor.From(model);
        var bytes = compressor.Compress(test);
        var back = compressor.Decompress(bytes);
        var few = compressor.Compress(test[..Few]);
        var codes = VaeLatent.VectorQuantized(Entries, Length, Math.Max(FewestCodes, test[0].Length / PixelsOfCode));
        using var lossy = lecture.Context.Transforms.VaeEmbed(options with { Latent = codes }).Fit(lecture.View(train));
        using var lossyCompressor = VaeCompressor.From(lossy);
        var lossyBytes = lossyCompressor.Compress(test);
        var like = lossyCompressor.Decompress(lossyBytes);
        var (gzip, png) = (Rivals.Gzip(test, lecture.Shape.Width), Rivals.Png(test, lecture.Shape.Width));
        // Until here.
        double BitsAPixel(double length, int count) => 8 * length / count / test[0].Length;
        // One draw of z for each row is what coding takes, and noisy: a few of them.
        var nats = -Enumerable.Range(0, BoundDraws).Average(draw =>
            model.LogLikelihood(lecture.View(test), 1, lecture.Seed + draw).GetColumn<float>("LogLikelihood").Average(of => (double)of));
        var bound = nats / Math.Log(2) / test[0].Length;
        var start = BitsAPixel(StartBytes + (Dimension * BitsOfLatent / 8), test.Length);
        var found = new Found(BitsAPixel(bytes.Length, test.Length), bound, start)
        {
            Same = back.Zip(test, (a, b) => a.SequenceEqual(b)).All(same => same),
            FewBits = BitsAPixel(few.Length, Few),
            Gzip = BitsAPixel(gzip, test.Length),
            Png = BitsAPixel(png, test.Length),
            CodeBits = BitsAPixel(lossyBytes.Length, test.Length),
            CodeError = Measures.SquaredError(like, test),
        };
        return found with
        {
            Table = new(
                ["", "bits a pixel", "squared error per picture"],
                [
                    [$"bits back, {test.Length:N0} pictures", $"{found.Bits:F4}", found.Same ? "0: the same pictures" : "other pictures"],
                    ["its bound, −ELBO", $"{bound:F4}", ""],
                    ["the start, once for all of them", $"{start:F4}", ""],
                    [$"bits back, {Few} pictures", $"{found.FewBits:F4}", "0"],
                    ["gzip", $"{found.Gzip:F4}", "0"],
                    ["PNG of all pictures in one", $"{found.Png:F4}", "0"],
                    [$"{codes.Codes} codes by their prior", $"{found.CodeBits:F4}", $"{found.CodeError:F1}"],
                ]),
            Figures =
            [
                new("Pictures that came back by bits back", lecture.Sheet(back[..Columns], Columns)),
                new("The same, of their codes", lecture.Sheet(like[..Columns], Columns)),
            ],
        };
    }

    /// <summary>1 with the brightness as its probability, once (Salakhutdinov and Murray 2008).</summary>
    private static float[][] Binarised(float[][] rows, int seed)
    {
        var random = new Random(seed);
        return Array.ConvertAll(rows, row => Array.ConvertAll(row, pixel => random.NextSingle() < pixel ? 1f : 0f));
    }

    /// <param name="Bits">Bits a pixel, bits back, all test pictures.</param>
    /// <param name="Bound">−ELBO of them, bits a pixel.</param>
    /// <param name="Start">What is there once: a head of 36 bytes, and 14 bits for each latent dimension; bits a pixel.</param>
    public sealed record Found(double Bits, double Bound, double Start) : Findings
    {
        /// <summary>Whether the pictures came back pixel for pixel.</summary>
        public required bool Same { get; init; }

        /// <summary>Bits a pixel of ten pictures alone.</summary>
        public required double FewBits { get; init; }

        public required double Gzip { get; init; }

        public required double Png { get; init; }

        /// <summary>Bits a pixel of codes by their prior.</summary>
        public required double CodeBits { get; init; }

        /// <summary>Squared error per picture of what codes give back.</summary>
        public required double CodeError { get; init; }
    }
}
