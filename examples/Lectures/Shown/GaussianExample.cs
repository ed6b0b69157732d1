using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae;

namespace Lectures.Shown;

/// <summary>Models whose likelihood has a closed form: one dimension by hand, and probabilistic PCA (Tipping and Bishop 1999).</summary>
internal sealed class GaussianExample : Section
{
    private const double Centre = 3, Sigma = 2;
    private const int Dimension = 8;

    public override int Number => 8;

    public override string Name => "gaussian";

    public override string Title => "Closed forms: one dimension, and probabilistic PCA";

    public override string Formula =>
        "x ~ N(m, s²): the best bound of a linear VAE is −½ ln 2πe s², nats per value. Probabilistic PCA: ln p(x) = ln N(x; μ, "
        + "WWᵀ + σ²I), q(z | x) = N(M⁻¹Wᵀ(x − μ), σ²M⁻¹), M = WᵀW + σ²I.";

    public override string LookFor =>
        "Gradient descent comes to the value by hand. With the exact posterior bound and ln p(x) are the same number, and "
        + "importance sampling has no error.";

    public override Findings Run(Lecture lecture) => Measure(lecture);

    public static Found Measure(Lecture lecture)
    {
        // On the page:
        var random = new Random(lecture.Seed);
        var values = Enumerable.Range(0, 4_000).Select(_ => new Value { X = [(float)(Centre + Sigma * Normal(random))] }).ToArray();
        using var line = lecture.Context.Transforms.VaeEmbed(new VaeOptions
        {
            InputColumnName = nameof(Value.X),
            Architecture = VaeArchitecture.Linear,
            Latent = VaeLatent.Gaussian(1),
            Normalization = VaeNormalization.None,
            Training = new()
            {
                Initialization = VaeInitialization.Random,
                Epochs = 60,
                LearningRate = 0.05,
                ValidationFraction = 0,
                Seed = lecture.Seed,
            },
        }).Fit(lecture.Context.Data.LoadFromEnumerable(values));
        var bound = line.Model.Info.Training!.Best.Elbo;

        var closedForm = VaeOptions.ProbabilisticPca(Dimension) with { Normalization = VaeNormalization.None };
        using var pca = lecture.Fit(closedForm with { Training = closedForm.Training with { ValidationFraction = 0 } });
        var pcaBound = pca.Model.Info.Training!.Best.Elbo;
        var likelihoods = pca.LogLikelihood(lecture.Data, importanceSamples: 5, lecture.Seed);
        var marginal = likelihoods.GetColumn<float>("LogLikelihood").Average(nats => (double)nats);
        var error = likelihoods.GetColumn<float>("LogLikelihoodStandardError").Max();
        // Until here.
        var mean = values.Average(value => (double)value.X[0]);
        var variance = values.Average(value => Math.Pow(value.X[0] - mean, 2));
        var byHand = -0.5 * Math.Log(2 * Math.PI * Math.E * variance);
        return new(byHand, bound, marginal, pcaBound, error)
        {
            Table = new(
                ["", "closed form", "found"],
                [
                    ["x ~ N(3, 2²), nats per value", $"{byHand:F3}, −½ ln 2πe s²", $"{bound:F3}, bound of a linear VAE"],
                    [
                        $"probabilistic PCA, {Dimension} dimensions, nats per picture",
                        $"{pcaBound:F3}, the bound, whose posterior is exact",
                        $"{marginal:F3}, ln p(x) by 5 codes, standard error of a picture at most {error:F5}",
                    ],
                ]),
        };
    }

    /// <summary>Box and Muller 1958.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>A row of one number.</summary>
    public sealed class Value
    {
        [VectorType(1)]
        public float[] X { get; set; } = [];
    }

    /// <param name="ByHand">−½ ln 2πe s² of the values.</param>
    /// <param name="Bound">Of a linear VAE on the same values, mean over the last epoch.</param>
    /// <param name="Marginal">ln p(x) of probabilistic PCA by importance sampling, mean over pictures.</param>
    /// <param name="PcaBound">Its evidence lower bound in closed form, on the same pictures.</param>
    /// <param name="LargestError">Largest standard error of ln p(x).</param>
    public sealed record Found(double ByHand, double Bound, double Marginal, double PcaBound, double LargestError) : Findings;
}
