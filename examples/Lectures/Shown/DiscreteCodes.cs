using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>A picture as a few symbols, and new ones by a prior over them (van den Oord, Vinyals and Kavukcuoglu 2017).</summary>
internal sealed class DiscreteCodes : Section
{
    private const int Entries = 64, Length = 8, Smallest = 4, BitsOfByte = 8, Columns = 16, Made = 200;

    public override int Number => 14;

    public override string Name => "codes";

    public override string Title => "VQ-VAE: a picture as symbols, new pictures by a prior over them";

    public override string Formula =>
        "k_i = argmin_k ‖z_i − e_k‖², x̂ = g(e_k₁, …, e_kₙ); loss −ln p(x | e) + β ‖z − sg(e)‖²; then a prior "
        + "Π p(k_i | k₁, …, k_{i−1}), fitted to the codes.";

    public override string LookFor =>
        "Most of the codebook is in use, and pictures come back from their symbols alone. Codes of the prior go together and make "
        + "digits; codes that are each as frequent as they should be, but drawn without regard to the others, make broken strokes. "
        + "What the prior knows makes codes short, too.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var (height, width) = (lecture.Shape.Height, lecture.Shape.Width);
        var training = lecture.Training(steps: 2_600);
        using var model = lecture.Fit(new()
        {
            Architecture = VaeArchitecture.Convolutional(height, width, channels: 1, Filters(Math.Max(height, width))),
            Latent = VaeLatent.VectorQuantizedMap(Entries, Length) with { Prior = new() { Epochs = training.Epochs } },
            Likelihood = VaeLikelihood.Bernoulli,
            Training = training,
        });
        using var generator = VaeGenerator.From(model);
        var pictures = lecture.Test[..Math.Min(Made, lecture.Test.Length)];
        var keys = generator.EncodeKeys(pictures);
        var again = generator.DecodeKeys(keys).Rows;
        using var compressor = VaeCompressor.From(model);
        var bytes = compressor.Compress(pictures);
        var unpacked = compressor.Decompress(bytes);
        var samples = generator.Sample(Made, lecture.Seed).Rows;
        // Each place has the code of another picture, and so each code as often as it is used there.
        var random = new Random(lecture.Seed);
        var used = generator.EncodeKeys(lecture.Train);
        var independent = generator.DecodeKeys([.. Enumerable.Range(0, Made).Select(_ =>
            keys[0].Select((_, place) => used[random.Next(used.Length)][place]).ToArray())]).Rows;
        var uniform = generator.DecodeKeys([.. Enumerable.Range(0, Made).Select(_ =>
            keys[0].Select(_ => (uint)random.Next(1, Entries + 1)).ToArray())]).Rows;
        // Until here.
        var reconstructed = generator.Reconstruct(pictures).Rows;
        var error = Measures.SquaredError(reconstructed, pictures);
        var perplexity = model.Model.Info.Training!.Best.Perplexity!.Value;
        var (uniformBits, bits) = (keys[0].Length * Math.Log2(Entries), (double)BitsOfByte * bytes.Length / pictures.Length);
        var pictureBits = BitsOfByte * pictures[0].Length;
        var real = Measures.DistanceToNearest(again, lecture.Train);
        var (near, independentNear, uniformNear) = (
            Measures.DistanceToNearest(samples, lecture.Train), Measures.DistanceToNearest(independent, lecture.Train),
            Measures.DistanceToNearest(uniform, lecture.Train));
        return new(perplexity, uniformBits, bits, Difference(again, reconstructed), Difference(unpacked, reconstructed))
        {
            Near = near,
            IndependentNear = independentNear,
            UniformNear = uniformNear,
            Table = new(
                ["", "found", "beside"],
                [
                    ["perplexity of the codebook", $"{perplexity:F0}", $"{Entries} entries"],
                    [
                        "bits of a picture", $"{bits:F0} by the prior",
                        $"{uniformBits:F0} where every code is as likely, {pictureBits:N0} as bytes",
                    ],
                    ["squared error per picture", $"{error:F1}", $"{MeanError(lecture, pictures):F1}, the mean picture"],
                    [
                        "squared distance of made pictures to the nearest real one", $"{near:F1} by the prior",
                        $"{real:F1} of reconstructions, {independentNear:F1} of codes by their use alone, {uniformNear:F1} of any codes",
                    ],
                ]),
            Figures =
            [
                new($"Pictures, and below each what its {keys[0].Length} symbols give", lecture.PicturesOf(generator)
                    .Reconstructions(pictures[..Columns], columns: Columns)),
                new("Codes of the prior", lecture.Sheet([.. samples.Take(3 * Columns)], Columns)),
                new(
                    "Each code as often as it is used at its place, whatever the others are",
                    lecture.Sheet([.. independent.Take(3 * Columns)], Columns)),
                new("Every code as likely", lecture.Sheet([.. uniform.Take(2 * Columns)], Columns)),
            ],
        };
    }

    /// <summary>As many layers, each of which halves height and width, as leave a map of 4 × 4 places.</summary>
    private static int[] Filters(int side)
    {
        List<int> filters = [];
        for (; side > Smallest; side = (side + 1) / 2)
        {
            filters.Add(filters.Count == 0 ? 16 : 32);
        }
        return [.. filters];
    }

    private static double MeanError(Lecture lecture, float[][] pictures)
    {
        var mean = Measures.Mean(lecture.Train);
        return Measures.SquaredError([.. pictures.Select(_ => mean)], pictures);
    }

    /// <summary>Largest, of any pixel.</summary>
    private static double Difference(IReadOnlyList<float[]> rows, IReadOnlyList<float[]> others) =>
        rows.Zip(others, (row, other) => row.Zip(other, (a, b) => Math.Abs(a - b)).Max()).Max();

    /// <param name="Perplexity">exp(entropy) of how often each entry is used on pictures held out.</param>
    /// <param name="UniformBits">Bits of a picture's codes where all are as likely.</param>
    /// <param name="Bits">Bits of a picture as it was compressed, by the prior.</param>
    /// <param name="KeysDifference">Largest difference of what keys give from the reconstruction.</param>
    /// <param name="BytesDifference">The same of what the compressed bytes give.</param>
    public sealed record Found(double Perplexity, double UniformBits, double Bits, double KeysDifference, double BytesDifference) : Findings
    {
        /// <summary>Squared distance of samples of the prior to the nearest training picture, mean.</summary>
        public required double Near { get; init; }

        /// <summary>That of codes that are as frequent at their place, and independent.</summary>
        public required double IndependentNear { get; init; }

        /// <summary>That of codes drawn from the whole codebook.</summary>
        public required double UniformNear { get; init; }
    }
}
