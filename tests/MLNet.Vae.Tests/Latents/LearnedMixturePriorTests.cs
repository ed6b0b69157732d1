using MLNet.Vae.Latents;
using MLNet.Vae.Modules;
using MLNet.Vae.Objectives;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Latents;

/// <summary>Closed forms of the mixture prior against sums, samples and the plain Gaussian.</summary>
public sealed class LearnedMixturePriorTests
{
    private const int Latent = 3, Rows = 5;

    private static readonly float[] Mean = [0, 0, 0, 1, -2, 0.5f, 3, 3, -3, -0.2f, 0.1f, 0, 40, -40, 10];
    private static readonly float[] LogSigma = [0, 0, 0, -1, 0.3f, -2, 0.5f, -3, -0.1f, -4, -4, -4, 1, -2, 0];

    private static readonly GaussianMixture Mixture = new(
        LogWeights: [MathF.Log(0.5f), MathF.Log(0.3f), MathF.Log(0.2f)],
        Means: [0, 0, 0, 1, -1.5f, 1, -3, 2, -2],
        LogSigmas: [0, 0, 0, -0.5f, 0.2f, -1, 0.7f, -0.3f, 0.1f]);

    [Fact]
    public void One_standard_component_is_the_Gaussian_variable_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        var expected = Terms(VaeLatent.Gaussian(Latent));
        var found = Terms(VaeLatent.GaussianMixture(Latent, 1));

        Assert.Equal(expected.Kl.ToArray(), found.Kl.ToArray());
        Assert.Equal(expected.Mean.ToArray(), found.Mean.ToArray());
        Assert.Equal(expected.Reconstruction.ToArray(), found.Reconstruction.ToArray());
        Assert.Equal(expected.LogRatio!.ToArray(), found.LogRatio!.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-5 * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void Probabilities_sum_to_1_and_dimensions_to_the_bound()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var prior = Prior(parameters);

        var (components, perDimension) = prior.Kl(tensor(Mean, [Rows, Latent]), tensor(LogSigma, [Rows, Latent]));

        for (var row = 0; row < Rows; row++)
        {
            var terms = Enumerable.Range(0, Mixture.Components).Select(c => Mixture.LogWeights[c] - KlTo(c, row)).ToArray();
            var sum = LogSumExp(terms);
            var found = components.ToArray()[(row * Mixture.Components)..((row + 1) * Mixture.Components)];
            Assert.Equal(1, found.Sum(), 1e-6f);
            Assert.Equal(terms.Select(term => Math.Exp(term - sum)), found.Select(p => (double)p), (a, b) => Math.Abs(a - b) <= 1e-5);
            Assert.Equal(-sum, perDimension.ToArray()[(row * Latent)..((row + 1) * Latent)].Sum(v => (double)v), 1e-5 * Math.Max(1, -sum));
        }
    }
    /// <summary>
    /// The probabilities of the components are held fixed where the divergence is differentiated, which leaves the gradient of their sum
    /// what it is.
    /// </summary>
    [Fact]
    public void The_gradient_is_that_of_the_bound()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var prior = Prior(parameters);
        var (mean, logSigma) = (tensor(Mean, [Rows, Latent]).requires_grad_(true), tensor(LogSigma, [Rows, Latent]).requires_grad_(true));

        prior.Kl(mean, logSigma).PerDimension.sum().backward();
        var found = cat([mean.grad!.flatten(), logSigma.grad!.flatten(), parameters.Gradients]).clone();

        (mean.grad, logSigma.grad) = (null, null);
        parameters.Gradients.fill_(0);
        var slots = parameters.Values.detach();
        var logits = slots.narrow(0, 0, Mixture.Components).clone().requires_grad_(true);
        var means = slots.narrow(0, Mixture.Components, Mixture.Components * Latent).view(-1, Latent).clone().requires_grad_(true);
        var logSigmas = slots
            .narrow(0, Mixture.Components * (1 + Latent), Mixture.Components * Latent)
            .view(-1, Latent)
            .clone()
            .requires_grad_(true);
        var kl = GaussianKl.PerDimension(mean.unsqueeze(1), logSigma.unsqueeze(1), means, logSigmas).sum(2L);
        (-(nn.functional.log_softmax(logits, 0) - kl).logsumexp(1).sum()).backward();
        var expected = cat([
            mean.grad!.flatten(),
            logSigma.grad!.flatten(),
            logits.grad!,
            means.grad!.flatten(),
            logSigmas.grad!.flatten(),
        ]);

        Assert.InRange((found - expected).norm().item<float>(), 0, 1e-5 * expected.norm().item<float>());
    }

    /// <summary>KL(q ‖ p) itself, from samples: the bound is never below it, and is it where one component has everything.</summary>
    [Fact]
    public void The_bound_is_one_on_the_divergence_that_samples_tell()
    {
        const int samples = 200_000;
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var parameters = new ParameterVector(CPU);
        var prior = Prior(parameters);
        var (mean, logSigma) = (tensor(Mean, [Rows, Latent]), tensor(LogSigma, [Rows, Latent]));
        var bound = prior.Kl(mean, logSigma).PerDimension.sum(1L).ToArray();

        for (var row = 0; row < Rows; row++)
        {
            var noise = randn([samples, Latent], generator: random);
            var (rowMean, rowLogSigma) = (mean.narrow(0, row, 1), logSigma.narrow(0, row, 1));
            var z = GaussianVariable.Reparameterise(rowMean, rowLogSigma, noise);
            var negativeLogQ = (noise.Squared() / GaussianKl.Two).Plus(rowLogSigma).sum(1L);
            var ratios = negativeLogQ.ToArray().Zip(prior.LogDensity(z).ToArray(), (q, p) => -(double)q - p).ToArray();
            var divergence = ratios.Average();
            var error = Math.Sqrt(ratios.Average(r => Math.Pow(r - divergence, 2)) / samples);
            // One component weighs ln(1 / weight) more than the mixture has of it: the bound is as loose as the components overlap, and no
            // looser.
            Assert.InRange(bound[row], divergence - 4 * error, divergence + 4 * error + Math.Log(Mixture.Components));
            // Row 3 lies within one component, row 4 far from all: nothing overlaps there.
            if (row == 4)
                Assert.Equal(divergence, bound[row], 4 * error + 1e-5 * bound[row]);
        }
    }

    [Fact]
    public void Log_density_is_that_of_the_sum()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var found = Prior(parameters).LogDensity(tensor(Mean, [Rows, Latent])).ToArray();

        for (var row = 0; row < Rows; row++)
        {
            var expected = LogSumExp([
                .. Enumerable
                    .Range(0, Mixture.Components)
                    .Select(c =>
                        Mixture.LogWeights[c]
                        - Enumerable
                            .Range(0, Latent)
                            .Sum(j =>
                                Math.Pow(
                                    (Mean[row * Latent + j] - Mixture.Means[c * Latent + j]) / Math.Exp(Mixture.LogSigmas[c * Latent + j]),
                                    2
                                ) / 2
                                + Mixture.LogSigmas[c * Latent + j]
                            )
                    ),
            ]);
            Assert.Equal(expected, found[row], 1e-5 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Fact]
    public void What_is_set_is_exported()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var found = Prior(parameters).Export();

        Assert.Equal(Mixture.LogWeights, found.LogWeights, (a, b) => Math.Abs(a - b) <= 1e-6);
        Assert.Equal(Mixture.Means, found.Means);
        Assert.Equal(Mixture.LogSigmas, found.LogSigmas);
    }

    private static BoundTerms Terms(VaeLatent latent)
    {
        using var random = new Generator(7);
        var parameters = new ParameterVector(CPU);
        var module = new VaeModule(new(4), new VaeOptions { Latent = latent, Architecture = VaeArchitecture.Mlp(6) }, parameters, random);
        return module.Terms(
            new(rand([Rows, 4], generator: random)),
            randn([2 * Rows, Latent], generator: random),
            samples: 2,
            densities: true
        );
    }

    private static LearnedMixturePrior Prior(ParameterVector parameters)
    {
        using var random = new Generator(1);
        var prior = new LearnedMixturePrior(Mixture.Components, Latent, parameters, random);
        parameters.Build();
        prior.Set(Mixture);
        return prior;
    }

    private static double KlTo(int c, int row) => Enumerable.Range(0, Latent).Sum(j =>
    {
        var (mean, variance) = (Mean[row * Latent + j], Math.Exp(2.0 * LogSigma[row * Latent + j]));
        var (priorMean, priorVariance) = (Mixture.Means[c * Latent + j], Math.Exp(2.0 * Mixture.LogSigmas[c * Latent + j]));
        return ((Math.Pow(mean - priorMean, 2) + variance) / priorVariance - 1 + Math.Log(priorVariance / variance)) / 2;
    });

    private static double LogSumExp(double[] terms)
    {
        var largest = terms.Max();
        return largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }
}
