using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>β as the multiplier of a bound on the KL term.</summary>
internal sealed class ConstrainedKl : Section
{
    private const int Dimension = 6;
    private const double Target = 6;

    public override int Number => 10;

    public override string Name => "beta";

    public override string Title => "β-VAE: the best reconstruction with KL ≤ δ";

    public override string Formula =>
        "max E ln p(x | z) subject to KL(q(z | x) ‖ p(z)) ≤ δ: Lagrangian E ln p(x | z) − β (KL − δ), β learned.";

    public override string LookFor =>
        "The multiplier rises until the constraint is kept and then hardly changes; the KL reached is δ. Each line of the "
        + "traversals changes one latent dimension. (On pictures whose factors are known: examples/Sprites.)";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        using var model = lecture.Fit(new()
        {
            Architecture = VaeArchitecture.Mlp(256, 64),
            Latent = VaeLatent.Gaussian(Dimension),
            Likelihood = VaeLikelihood.Bernoulli,
            Objective = new() { KlTarget = Target },
            Training = lecture.Training(steps: 8_000),
        });
        using var generator = VaeGenerator.From(model);
        var epochs = model.Model.Info.Training!.Epochs;
        var multiplier = VaePlot.Curves([[.. epochs.Select(e => ((double)e.Epoch, e.Beta))]]);
        var kl = VaePlot.Curves([[.. epochs.Select(e => ((double)e.Epoch, e.Kl))], [(1, Target), (epochs.Count, Target)]]);
        var traversals = lecture.PicturesOf(generator).Traversals(lecture.Test[0], range: 2.5, steps: 12);
        // Until here.
        var last = epochs[^1];
        return new(Target, last.Kl, [.. epochs.Select(e => e.Beta)])
        {
            Table = new(["δ", "KL reached, nats per picture", "β at the end"], [[$"{Target}", $"{last.Kl:F2}", $"{last.Beta:F2}"]]),
            Figures =
            [
                new("β over epochs", multiplier), new("KL over epochs, and δ", kl, ["KL", "δ"]),
                new("A line for each latent dimension, from −2.5 to 2.5", traversals),
            ],
        };
    }

    /// <param name="Target">δ, nats per picture.</param>
    /// <param name="Kl">What the last epoch had.</param>
    /// <param name="Multipliers">β after each epoch.</param>
    public sealed record Found(double Target, double Kl, IReadOnlyList<double> Multipliers) : Findings;
}
