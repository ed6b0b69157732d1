using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Where an autoencoder's codes leave holes, and a variational one's prior does not.</summary>
internal sealed class Holes : Section
{
    private const int Side = 15, Samples = 300;

    public override int Number => 6;

    public override string Name => "holes";

    public override string Title => "Holes in the latent space: autoencoder and VAE";

    public override string Formula =>
        "AE: min −ln p(x | g(f(x))). VAE: min −E ln p(x | z) + KL(q(z | x) ‖ N(0, I)), z ~ q(z | x).";

    public override string LookFor =>
        "The autoencoder's codes lie anywhere, with gaps, and pictures from the gaps are no digits. The variational codes fill "
        + "the plane like N(0, I); samples of the prior stay near what was learned.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var options = new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(256, 64),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 6_000, learningRate: 0.002),
        };
        using var plain = lecture.Fit(options with { Latent = VaeLatent.Deterministic(2) });
        using var variational = lecture.Fit(options with { Latent = VaeLatent.Gaussian(2) });
        using var autoencoder = VaeGenerator.From(plain);
        using var vae = VaeGenerator.From(variational);
        var scatters = new[] { autoencoder, vae }
            .Select(generator => lecture.PicturesOf(generator).Scatter(lecture.Test, lecture.TestLabels)).ToArray();
        var grids = new[] { autoencoder, vae }
            .Select(generator => VaePictures.Of(generator, lecture.Shape).Manifold(lecture.Test, Side, Side)).ToArray();
        var coverages = new[] { autoencoder, vae }
            .Select(generator => VaePriorCoverage.Measure(generator, lecture.Train, lecture.Test, Samples, lecture.Seed)).ToArray();
        // Until here.
        VaePicture SamplesOf(VaePriorCoverage coverage) =>
            lecture.Sheet([.. coverage.Samples.Take(32).Select(sample => (float[])[.. sample.Row])], columns: 16);
        var legend = VaePlot.Classes(lecture.TestLabels);
        return new(coverages[0].NearShare, coverages[1].NearShare, coverages[0].DistanceRatio, coverages[1].DistanceRatio)
        {
            Table = new(
                ["samples of", "stay near their code", "distance to the nearest training picture, held-out ones = 1"],
                [
                    [
                        "a normal distribution fitted to the autoencoder's codes", $"{coverages[0].NearShare:P0}",
                        $"{coverages[0].DistanceRatio:F2}",
                    ],
                    ["the VAE's prior", $"{coverages[1].NearShare:P0}", $"{coverages[1].DistanceRatio:F2}"],
                ]),
            Figures =
            [
                new("Codes of the autoencoder", scatters[0], legend),
                new("Codes of the VAE", scatters[1], legend),
                new("A grid over the autoencoder's codes, decoded", grids[0]),
                new("A grid over the VAE's codes", grids[1]),
                new("Samples of the autoencoder", SamplesOf(coverages[0])),
                new("Samples of the VAE", SamplesOf(coverages[1])),
            ],
        };
    }

    /// <param name="PlainNear">Share of the autoencoder's samples whose row, encoded again, comes back near to the code.</param>
    /// <param name="VariationalNear">That of the VAE.</param>
    /// <param name="PlainDistance">Distance from samples to the nearest training picture, in that of held-out ones.</param>
    /// <param name="VariationalDistance">That of the VAE.</param>
    public sealed record Found(double PlainNear, double VariationalNear, double PlainDistance, double VariationalDistance) : Findings;
}
