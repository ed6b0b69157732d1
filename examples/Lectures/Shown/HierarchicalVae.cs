using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>A ladder of two levels, with and without warm-up (Sønderby et al. 2016).</summary>
internal sealed class HierarchicalVae : Section
{
    private const int Lower = 16, Upper = 6, Columns = 12;

    public override int Number => 13;

    public override string Name => "hierarchical";

    public override string Title => "Hierarchical VAE: what each level says";

    public override string Formula =>
        "p(x | z₁) p(z₁ | z₂) p(z₂); bound E ln p(x | z₁) − Σ_l KL(q(z_l | ·) ‖ p(z_l | z_{l+1})).";

    public override string LookFor =>
        "How many nats each level says, with β rising from 0 over a quarter of the epochs and without, and which bound is better. "
        + "Where z₁ varies alone, details do; where z₂ varies, z₁ goes with it. Pictures are those of the model whose z₂ says more.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var training = lecture.Training(steps: 8_000, learningRate: 0.002);
        var options = VaeOptions.HierarchicalVae(Lower, Upper) with
        {
            Architecture = VaeArchitecture.Mlp(256),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = training,
        };
        using var cold = lecture.Fit(options);
        using var warm = lecture.Fit(options with { Objective = new() { WarmUpEpochs = Math.Max(1, training.Epochs!.Value / 4) } });
        var (best, coldBest) = (warm.Model.Info.Training!.Best, cold.Model.Info.Training!.Best);
        var (levels, coldLevels) = (best.KlPerLevel!, coldBest.KlPerLevel!);
        using var generator = VaeGenerator.From(levels[1] > coldLevels[1] ? warm : cold);
        // z₁ lies first in a code, z₂ after it. In units of the prior z₁ varies while z₂ is held, and z₂ takes z₁ with it.
        var pictures = lecture.PicturesOf(generator);
        var details = pictures.Traversals(lecture.Test[0], [.. Enumerable.Range(0, Upper)], range: 2.5, steps: Columns);
        var kinds = pictures.Traversals(lecture.Test[0], [.. Enumerable.Range(Lower, Upper)], range: 2.5, steps: Columns);
        // Until here.
        var (bound, coldBound) = (best.ValidationElbo!.Value, coldBest.ValidationElbo!.Value);
        return new([.. levels], [.. coldLevels], bound, coldBound)
        {
            Table = new(
                ["nats per picture", "KL of z₁", "KL of z₂", "bound on pictures held out"],
                [
                    ["with warm-up", $"{levels[0]:F2}", $"{levels[1]:F2}", $"{bound:F1}"],
                    ["without", $"{coldLevels[0]:F2}", $"{coldLevels[1]:F2}", $"{coldBound:F1}"],
                ]),
            Figures =
            [
                new("Samples: z₂, then z₁ given it", pictures.Samples(2 * Columns, lecture.Seed, columns: Columns)),
                new($"The first {Upper} dimensions of z₁, z₂ held: a line each", details),
                new("The dimensions of z₂, with z₁ at the mean of its prior: a line each", kinds),
            ],
        };
    }

    /// <param name="Warm">KL of z₁ and of z₂ with warm-up, nats per picture.</param>
    /// <param name="Cold">The same without.</param>
    /// <param name="Bound">On pictures held out, with warm-up.</param>
    /// <param name="ColdBound">The same without.</param>
    public sealed record Found(IReadOnlyList<double> Warm, IReadOnlyList<double> Cold, double Bound, double ColdBound) : Findings;
}
