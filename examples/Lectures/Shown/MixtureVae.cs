using Microsoft.ML.Data;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Clusters without labels, by a prior that is a mixture of Gaussians (Jiang et al. 2017).</summary>
internal sealed class MixtureVae : Section
{
    private const int Dimension = 10;

    public override int Number => 12;

    public override string Name => "mixture";

    public override string Title => "Gaussian mixture as a prior: clusters and class-like samples";

    public override string Formula =>
        "p(z) = Σ π_c N(z; μ_c, diag σ_c²), q(c | x) ∝ π_c exp(−KL(q(z | x) ‖ N(μ_c, diag σ_c²))).";

    public override string LookFor =>
        "No label was read, yet most components hold pictures of one class, and samples of a component look alike. Which classes "
        + "share one is up to chance: figures over seeds are in docs/numbers.md.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        var classes = lecture.Digits.Labels.Length;
        // On the page:
        using var model = lecture.Fit(VaeOptions.GaussianMixtureVae(Dimension, classes) with
        {
            Architecture = VaeArchitecture.Mlp(256),
            Likelihood = VaeLikelihood.Bernoulli,
            ComponentsColumnName = "Cluster",
            Training = lecture.Training(steps: 10_000, learningRate: 0.002),
        });
        var clusters = model.Transform(lecture.View(lecture.Test)).GetColumn<float[]>("Cluster")
            .Select(probabilities => Array.IndexOf(probabilities, probabilities.Max())).ToArray();
        using var generator = VaeGenerator.From(model);
        var random = new Random(lecture.Seed);
        var codes = model.Model.Info.Components!.SelectMany(component => Enumerable.Range(0, 12).Select(_ =>
            component.Mean.Zip(component.LogSigma, (mean, logSigma) => (float)(mean + Math.Exp(logSigma) * Normal(random))).ToArray()));
        var samples = generator.Decode([.. codes]).Rows;
        // Until here.
        var groups = clusters.Zip(lecture.TestLabels).GroupBy(pair => pair.First).OrderBy(group => group.Key).ToArray();
        var right = groups.Sum(group => group.CountBy(pair => pair.Second).Max(count => count.Value)) / (double)clusters.Length;
        var largest = lecture.TestLabels.CountBy(label => label).Max(count => count.Value) / (double)clusters.Length;
        return new(right, largest, groups.Length)
        {
            Table = new(
                ["component", "pictures", "most of them show", "share"],
                [
                    .. groups.Select(group => group.CountBy(pair => pair.Second).MaxBy(count => count.Value) switch
                    {
                        var most => new[] { $"{group.Key}", $"{group.Count()}", most.Key, $"{most.Value / (double)group.Count():P0}" },
                    }),
                    ["all", $"{clusters.Length}", "", $"{right:P0}"],
                ]),
            Figures = [new("A line for each component: samples of it", lecture.Sheet([.. samples], columns: 12))],
        };
    }

    /// <summary>Box and Muller 1958.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <param name="Right">Share of pictures whose class is the most frequent one of their component.</param>
    /// <param name="Largest">Share of the most frequent class: what one component would give.</param>
    /// <param name="Used">Components that are the likeliest of some picture.</param>
    public sealed record Found(double Right, double Largest, int Used) : Findings;
}
