using MLNet.Vae.Architectures;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Initialization;
using MLNet.Vae.Tests.Training;
using MLNet.Vae.Training;

namespace MLNet.Vae.Tests.Objectives;

/// <summary>
/// The forms of the KL term. A linear model with σ fixed is probabilistic PCA whatever β: its loss is that of a bound with noise variance
/// βσ², so that each dimension of eigenvalue λ above that has KL ½ ln(λ / βσ²), and the others none.
/// </summary>
public sealed class BetaVaeTests
{
    private const int Features = 10, Latent = 3;
    private const double Sigma = 0.5, Tolerance = 0.02;

    private static readonly float[][] Rows = Trainer.FactorRows(count: 1_000, Features, factors: 3, noise: 0.5, seed: 1);

    private static readonly double[] Eigenvalues = [.. new ProbabilisticPca(Rows, Latent).Eigenvalues.Take(Latent)];

    [Fact]
    public void Kl_falls_as_beta_grows_to_the_value_of_the_closed_form()
    {
        double[] betas = [0.3, 1, 4, 1_000];
        var found = betas.Select(beta => KlOf(Train(new() { Beta = beta }))).ToArray();

        Assert.Equal(found.OrderDescending(), found);
        Assert.All(
            betas.Zip(found),
            pair => Assert.Equal(ClosedForm(pair.First), pair.Second, Math.Max(0.01, Tolerance * ClosedForm(pair.First)))
        );
        Assert.Equal(0, ClosedForm(1_000));
    }

    [Fact]
    public void Normalized_beta_is_beta_times_values_by_latent_dimensions()
    {
        var normalized = Train(new() { NormalizedBeta = 0.6 }, epochs: 3);
        Assert.Equal(0.6 * Features / Latent, normalized.History.Best.Beta, 1e-12);
        Assert.Equal(Weights(Train(new() { Beta = 0.6 * Features / Latent }, epochs: 3)), Weights(normalized));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Multiplier_that_is_learned_is_the_one_of_the_closed_form(double target)
    {
        var best = Train(new() { KlTarget = target }).History.Best;

        Assert.Equal(target, best.Kl, Tolerance * target);
        Assert.Equal(target, KlOf(best), Tolerance * target);
        Assert.Equal(BetaFor(target), best.Beta, 0.1 * BetaFor(target));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(15, false)]
    [InlineData(5, true)]
    public void Kl_ends_at_its_target_on_digits_too(double target, bool isBernoulli)
    {
        var history = Trainer.Train(TestData.OpticalDigits(), new()
        {
            Architecture = VaeArchitecture.Mlp(64),
            Latent = VaeLatent.Gaussian(16),
            Likelihood = isBernoulli ? VaeLikelihood.Bernoulli : VaeLikelihood.Gaussian,
            Normalization = VaeNormalization.None,
            Objective = new() { KlTarget = target },
            Training = new() { Epochs = 60, LearningRate = 0.003 },
        }).History;

        Assert.Equal(target, history.Best.Kl, 0.03 * target);
        Assert.Equal(target, KlOf(history.Best), 0.05 * target);
        Assert.DoesNotContain(history.Warnings, warning => warning.Contains(nameof(VaeObjective.KlTarget)));
    }

    [Fact]
    public void A_target_out_of_reach_is_told()
    {
        var history = Train(new() { KlTarget = 500 }, epochs: 2).History;
        var best = history.Best.Kl.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(
            $"The KL ended at {best} nats per row, not at the 500 of KlTarget. Train for longer, or raise LearningRate.",
            history.Warnings
        );
    }

    [Fact]
    public void Capacity_leads_the_kl_to_its_end()
    {
        var history = Train(new() { Capacity = new(Maximum: 5, Epochs: 100, Gamma: 20) }).History;

        Assert.Equal(5, KlOf(history.Best), 0.05 * 5);
        Assert.Equal(2.5, KlOf(history.Epochs[50]), 0.2);
        Assert.InRange(history.BestEpoch, 101, int.MaxValue);
        Assert.Equal(20, history.Best.Beta);
    }

    [Fact]
    public void Beta_rises_over_the_warm_up_and_the_best_epoch_comes_after_it()
    {
        var history = Train(new() { Beta = 2, WarmUpEpochs = 3 }, epochs: 20, heldOut: 0.2, patience: 1).History;

        Assert.Equal([0.5, 1, 1.5, 2], history.Epochs.Take(4).Select(epoch => epoch.Beta));
        Assert.InRange(history.BestEpoch, 4, 20);
    }

    [Fact]
    public void Free_bits_keep_each_dimension_at_its_floor_or_above()
    {
        const double floor = 0.1;
        var without = Digits(new());
        var with = Digits(new() { FreeBits = floor });

        Assert.Contains(without.KlPerDimension, kl => kl < floor / 2);
        Assert.All(with.KlPerDimension, kl => Assert.InRange(kl, floor, double.PositiveInfinity));

        static VaeEpoch Digits(VaeObjective objective) => Trainer.Train(TestData.OpticalDigits(), new()
        {
            Architecture = VaeArchitecture.Mlp(64),
            Latent = VaeLatent.Gaussian(16),
            Likelihood = VaeLikelihood.Bernoulli,
            Objective = objective,
            Training = new() { Epochs = 40, LearningRate = 0.005, ValidationFraction = 0 },
        }).History.Best;
    }

    private static TrainingResult Train(VaeObjective objective, int epochs = 300, double heldOut = 0, int? patience = null) =>
        Trainer.Train(
            Rows,
            new()
            {
                Architecture = VaeArchitecture.Linear,
                Latent = VaeLatent.Gaussian(Latent),
                Likelihood = VaeLikelihood.GaussianWithSigma(Sigma),
                Normalization = VaeNormalization.None,
                Objective = objective,
                Training = new()
                {
                    Initialization = VaeInitialization.Random,
                    Epochs = epochs,
                    BatchSize = 250,
                    LearningRate = 0.03,
                    ValidationFraction = heldOut,
                    Patience = patience,
                },
            }
        );

    private static double ClosedForm(double beta) => Eigenvalues.Sum(value => Math.Max(0, Math.Log(value / (beta * Sigma * Sigma)) / 2));

    /// <summary>The β whose KL is <paramref name="kl"/>, by bisection.</summary>
    private static double BetaFor(double kl)
    {
        var (low, high) = (-10.0, 10.0);
        while (high - low > 1e-9)
        {
            var middle = (low + high) / 2;
            (low, high) = ClosedForm(Math.Exp(middle)) > kl ? (middle, high) : (low, middle);
        }
        return Math.Exp(low);
    }

    private static double KlOf(TrainingResult result) => KlOf(result.History.Best);

    private static double KlOf(VaeEpoch epoch) => epoch.KlPerDimension.Sum();

    private static float[] Weights(TrainingResult result) => ((DenseLayer)result.Network.Decoder[^1]).Weight;
}
