using Microsoft.ML.Data;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>ln p(x) with codes of the prior, and with codes of the posterior.</summary>
internal sealed class MonteCarlo : Section
{
    private const int Dimension = 8, Pictures = 40;

    public override int Number => 9;

    public override string Name => "likelihood";

    public override string Title => "ln p(x): plain Monte Carlo and importance sampling";

    public override string Formula =>
        "ln p(x) ≈ ln 1/S Σ p(x | z), z ~ p(z); or ln 1/S Σ p(x | z) p(z) / q(z | x), z ~ q(z | x) (Burda et al. 2016).";

    public override string LookFor =>
        "With codes of the posterior a hundred samples are enough. With codes of the prior the estimate still rises after "
        + "thousands, and lies far below: hardly any code makes the picture at hand. Its standard error does not know.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        int[] counts = lecture.Quick ? [1, 10, 100, 1_000] : [1, 10, 100, 1_000, 10_000];
        // On the page:
        using var model = lecture.Fit(new()
        {
            Architecture = VaeArchitecture.Mlp(256),
            Latent = VaeLatent.Gaussian(Dimension),
            Likelihood = VaeLikelihood.Bernoulli,
            Training = lecture.Training(steps: 6_000, learningRate: 0.002),
        });
        var rows = lecture.View(lecture.Test[..Math.Min(Pictures, lecture.Test.Length)]);
        Estimate Of(int samples, VaeProposal proposal)
        {
            var view = model.LogLikelihood(rows, samples, lecture.Seed, proposal);
            var errors = view.GetColumn<float>("LogLikelihoodStandardError").ToArray();
            return new(
                samples,
                view.GetColumn<float>("LogLikelihood").Average(nats => (double)nats),
                Math.Sqrt(errors.Sum(e => (double)e * e)) / errors.Length);
        }

        Estimate[] plain = [.. counts.Select(samples => Of(samples, VaeProposal.Prior))];
        Estimate[] importance = [.. counts.Select(samples => Of(samples, VaeProposal.Posterior))];
        // Until here.
        static IReadOnlyList<(double X, double Y)> Curve(Estimate[] estimates) =>
            [.. estimates.Select(e => (Math.Log10(e.Samples), e.Nats))];
        return new(plain, importance)
        {
            Table = new(
                ["codes of each picture", "of the prior", "of the posterior"],
                [.. counts.Select((samples, i) => new[] { $"{samples:N0}", plain[i].ToText(), importance[i].ToText() })]),
            Figures =
            [
                new(
                    "Nats per picture over the logarithm (base ten) of the number of codes",
                    VaePlot.Curves([Curve(plain), Curve(importance)]),
                    ["codes of the prior", "codes of the posterior"]),
            ],
        };
    }

    /// <param name="Samples">Codes of each picture.</param>
    /// <param name="Nats">ln p(x), mean over pictures.</param>
    /// <param name="Error">Its standard error; NaN for one code.</param>
    public sealed record Estimate(int Samples, double Nats, double Error)
    {
        public string ToText() => double.IsNaN(Error) ? $"{Nats:F2}" : $"{Nats:F2} ± {Error:F2}";
    }

    public sealed record Found(IReadOnlyList<Estimate> Plain, IReadOnlyList<Estimate> Importance) : Findings;
}
