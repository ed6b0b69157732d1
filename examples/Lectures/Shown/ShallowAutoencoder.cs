using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>One layer of sigmoid units, a sigmoid output and squared error, for ever shorter codes.</summary>
internal sealed class ShallowAutoencoder : Section
{
    private static readonly int[] Lengths = [20, 10, 2];

    public override int Number => 2;

    public override string Name => "shallow";

    public override string Title => "Shallow autoencoder, k = 20, 10, 2";

    public override string Formula =>
        "h = σ(Wx + b), x̂ = σ(Vh + c), min Σ (x − x̂)².";

    public override string LookFor =>
        "Digits are recognisable with 20 units and with 10; with 2 the shape of a few classes is left. All are better than the "
        + "mean picture, at which a network of sigmoid units that starts too narrow stays.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var (errors, figures) = (new List<double>(), new List<Figure>());
        foreach (var length in Lengths)
        {
            using var model = lecture.Fit(
                VaeOptions.ShallowAutoencoder(length) with { Training = lecture.Training(steps: 8_000, learningRate: 0.01) });
            using var generator = VaeGenerator.From(model);
            errors.Add(Measures.SquaredError(generator.Reconstruct(lecture.Test).Rows, lecture.Test));
            figures.Add(new($"k = {length}", lecture.PicturesOf(generator).Reconstructions(lecture.Test[..16], columns: 16)));
        }
        // Until here.
        var mean = Measures.Mean(lecture.Train);
        var meanError = Measures.SquaredError([.. lecture.Test.Select(_ => mean)], lecture.Test);
        return new(errors, meanError)
        {
            Figures = figures,
            Table = new(
                ["k", "squared error per picture"],
                [.. Lengths.Zip(errors, (k, error) => new[] { $"{k}", $"{error:F1}" }), ["the mean picture", $"{meanError:F1}"]]),
        };
    }

    /// <param name="Errors">Squared error per picture, of k = 20, 10, 2.</param>
    /// <param name="MeanError">That of the mean picture.</param>
    public sealed record Found(IReadOnlyList<double> Errors, double MeanError) : Findings;
}
