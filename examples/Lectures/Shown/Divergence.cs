using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>The KL term: its curve, and what its weight does to the latent space.</summary>
internal sealed class Divergence : Section
{
    private static readonly double[] Weights = [1, 4, 10];

    // Of pictures with fewer pixels the squared error is smaller, and λ with it.
    private const double Pixels = 784;

    public override int Number => 7;

    public override string Name => "kl";

    public override string Title => "KL(N(μ, σ²) ‖ N(0, 1)), and its weight λ";

    public override string Formula =>
        "KL(N(μ₁, σ₁²) ‖ N(μ₂, σ₂²)) = ½ [((μ₁ − μ₂)/σ₂)² + (σ₁/σ₂)² − 1] − ln(σ₁/σ₂); loss Σ (x − x̂)² + λ KL.";

    public override string LookFor =>
        "The curve is 0 at σ = 1 alone, rises slowly to the right and without bound to the left. With a larger λ the codes draw "
        + "together, reconstructions blur, and where a nat costs more than it saves in error the posterior is the prior: KL is 0.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var sigmas = Enumerable.Range(1, 60).Select(i => i * 0.05).ToArray();
        var curve = VaePlot.Curves([[.. sigmas.Select(sigma => (sigma, VaeDivergence.Gaussian(0, sigma, 0, 1)))]]);
        var (terms, errors) = (new List<double>(), new List<double>());
        var figures = new List<Figure> { new("KL(N(0, σ²) ‖ N(0, 1)) over σ", curve) };
        foreach (var lambda in Weights)
        {
            using var model = lecture.Fit(VaeOptions.SquaredErrorVae(2, lambda * lecture.Train[0].Length / Pixels) with
            {
                Architecture = VaeArchitecture.Mlp(256, 64),
                Training = lecture.Training(steps: 5_000, learningRate: 0.002),
            });
            using var generator = VaeGenerator.From(model);
            var scatter = lecture.PicturesOf(generator).Scatter(lecture.Test, lecture.TestLabels);
            figures.Add(new($"λ = {lambda}", scatter, VaePlot.Classes(lecture.TestLabels)));
            terms.Add(model.Model.Info.Training!.Best.Kl);
            errors.Add(Measures.SquaredError(generator.Reconstruct(lecture.Test).Rows, lecture.Test));
        }
        // Until here.
        return new(terms, errors)
        {
            Figures = figures,
            Table = new(
                ["λ", "KL, nats per picture", "squared error"],
                [.. Weights.Select((lambda, i) => new[] { $"{lambda}", $"{terms[i]:F2}", $"{errors[i]:F1}" })]),
        };
    }

    /// <param name="Kl">Nats per picture, of λ = 1, 4, 10.</param>
    /// <param name="Errors">Squared error per picture.</param>
    public sealed record Found(IReadOnlyList<double> Kl, IReadOnlyList<double> Errors) : Findings;
}
