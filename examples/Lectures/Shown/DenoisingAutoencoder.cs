using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Pictures with noise, with wrong pixels, and with nine pixels in ten deleted, restored (Vincent et al. 2008).</summary>
internal sealed class DenoisingAutoencoder : Section
{
    private static readonly (string Name, VaeCorruption Corruption)[] Kinds =
    [
        ("salt and pepper, 40 % of the pixels", VaeCorruption.SaltAndPepper(0.4)),
        ("Gaussian noise, σ = 0.5", VaeCorruption.GaussianNoise(0.5)),
        ("90 % of the pixels deleted", VaeCorruption.Masking(0.9)),
    ];

    public override int Number => 5;

    public override string Name => "denoising";

    public override string Title => "Denoising autoencoder";

    public override string Formula =>
        "min −ln p(x | g(f(x̃))), x̃ a corrupted copy of x, drawn afresh in each step.";

    public override string LookFor =>
        "Restored pictures (middle) look like the originals (bottom), not like what was seen (top); with 90 % of the pixels "
        + "deleted what is made is a digit, and mostly the right one.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var (restored, figures) = (new List<Restored>(), new List<Figure>());
        foreach (var (name, corruption) in Kinds)
        {
            using var model = lecture.Fit(VaeOptions.DenoisingAutoencoder(32, corruption) with
            {
                Architecture = VaeArchitecture.Mlp(256),
                Likelihood = VaeLikelihood.Bernoulli,
                Training = lecture.Training(steps: 6_000, learningRate: 0.002),
            });
            using var generator = VaeGenerator.From(model);
            var noisy = corruption.Apply(lecture.Test, lecture.Seed, VaeNormalization.None, lecture.Train);
            var made = generator.Reconstruct(noisy).Rows;
            figures.Add(new(name, lecture.PicturesOf(generator).Denoised(noisy[..16], lecture.Test[..16], columns: 16)));
            restored.Add(Restored.Of(name, lecture, noisy, made, model.Model.Info.Training!.BestEpoch));
        }
        // Until here.
        return new(restored)
        {
            Figures = figures,
            Table = new(
                ["corruption", "squared error, corrupted", "restored", "label of the nearest picture is right", "epoch kept"],
                [.. restored.Select(r => new[] { r.Name, $"{r.NoisyError:F1}", $"{r.Error:F1}", $"{r.Right:P0}", $"{r.BestEpoch}" })]),
        };
    }

    /// <param name="Name">Of the corruption.</param>
    /// <param name="NoisyError">Squared error per picture of what the model sees.</param>
    /// <param name="Error">Of what it makes of it.</param>
    /// <param name="Right">Share of restored pictures whose nearest training picture has the label of the original.</param>
    /// <param name="BestEpoch">Whose weights were kept.</param>
    public sealed record Restored(string Name, double NoisyError, double Error, double Right, int BestEpoch)
    {
        public static Restored Of(string name, Lecture lecture, float[][] noisy, IReadOnlyList<float[]> made, int bestEpoch) => new(
            name,
            Measures.SquaredError(noisy, lecture.Test),
            Measures.SquaredError(made, lecture.Test),
            Measures.NearestLabel(made, lecture.TestLabels, lecture.Train, lecture.TrainLabels),
            bestEpoch);
    }

    public sealed record Found(IReadOnlyList<Restored> Restored) : Findings;
}
