using MLNet.Vae.Architectures;
using MLNet.Vae.Graphs;
using MLNet.Vae.Latents;
using MLNet.Vae.Likelihoods;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Initialization;

/// <summary>The closed form below the estimators: as weights, as numbers of epoch 0, and as a start of training.</summary>
public sealed class PcaInitializationTests
{
    private const double Rounding = 1e-5;

    private static readonly VaeTrainingOptions ClosedForm = new()
    {
        Initialization = VaeInitialization.ProbabilisticPca,
        Epochs = 0,
        ValidationFraction = 0,
    };

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Gaussian(3),
        Normalization = VaeNormalization.None,
        Training = ClosedForm,
    };

    private static readonly float[][] Rows = Trainer.FactorRows(count: 500, features: 12, factors: 4, noise: 0.5, seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public void The_decoder_has_the_likelihood_of_the_closed_form(int latent)
    {
        var pca = new ProbabilisticPca(Rows, latent);
        var network = Trainer.Train(Rows, Options with { Latent = VaeLatent.Gaussian(latent) }).Network;

        Assert.Equal(pca.LogLikelihood, new LinearMarginal(network).LogLikelihood(Rows), Rounding);
        Assert.Equal(pca.SigmaSquared, new LinearNetwork(network).SigmaSquared, Rounding);
        Assert.Equal(pca.PosteriorMeanError, new LinearNetwork(network).Error(Rows), Rounding);
    }

    [Fact]
    public void The_bound_is_tight()
    {
        var network = Trainer.Train(Rows, Options).Network;

        Assert.Equal(new LinearMarginal(network).LogLikelihood(Rows), new LinearNetwork(network).Elbo(Rows), Rounding);
    }

    [Fact]
    public void The_encoder_is_the_posterior_that_Bayes_rule_gives_for_the_decoder()
    {
        var network = Trainer.Train(Rows, Options).Network;
        var (linear, marginal) = (new LinearNetwork(network), new LinearMarginal(network));

        foreach (var x in Rows)
        {
            var mean = marginal.PosteriorMean(x);
            for (var l = 0; l < mean.Length; l++)
                Assert.Equal(mean[l], linear.Encode(x, l), Rounding);
        }
        for (var l = 0; l < linear.PosteriorVariance.Length; l++)
        {
            var column = marginal.PosteriorCovariance(l);
            for (var k = 0; k < column.Length; k++)
                Assert.Equal(column[k], k == l ? linear.PosteriorVariance[l] : 0, Rounding * linear.PosteriorVariance[l]);
        }
    }

    [Fact]
    public void Epoch_0_reports_the_bound_without_sampling_noise()
    {
        var result = Trainer.Train(Rows, Options);

        var epoch = Assert.Single(result.History.Epochs);
        Assert.Equal((0, 0, VaeStopReason.Completed), (epoch.Epoch, result.History.BestEpoch, result.History.StopReason));
        Assert.Same(epoch, result.History.Best);
        Assert.Equal(new ProbabilisticPca(Rows, 3).LogLikelihood, epoch.Elbo, 1e-9);
        // Rows judged are the rows trained on, and the KL takes no sample.
        Assert.Equal(epoch.KlPerDimension.Sum(), epoch.Kl, Rounding);
        Assert.Equal((3, 0.0, null, null), (epoch.ActiveUnits, epoch.LearningRate, epoch.ValidationElbo, epoch.ValidationStandardError));
        Assert.Equal(result.Sigma, epoch.DecoderSigma);
    }

    [Fact]
    public void A_deterministic_latent_is_the_projection_onto_the_principal_axes()
    {
        var result = Trainer.Train(Rows, Options with { Latent = VaeLatent.Deterministic(3) });

        var pca = new ProbabilisticPca(Rows, 3);
        var encoder = ((DeterministicPosterior)result.Network.Latent).Code;
        var decoder = (DenseLayer)result.Network.Decoder[^1];
        Assert.Equal(pca.PcaError, Rows.Average(x => SquaredError(encoder, decoder, x)), Rounding);
        Assert.Equal(pca.PcaError / 12, result.Sigma!.Value * result.Sigma.Value, Rounding);
        var expected = -6 * (Math.Log(2 * Math.PI * pca.PcaError / 12) + 1);
        Assert.Equal(expected, result.History.Best.Elbo, 1e-9);
        for (var l = 0; l < 3; l++)
        {
            for (var k = 0; k <= l; k++)
            {
                Assert.Equal(
                    k == l ? 1 : 0,
                    Enumerable.Range(0, 12).Sum(j => (double)encoder.Weight[l * 12 + j] * encoder.Weight[k * 12 + j]),
                    Rounding
                );
            }
        }
    }

    [Fact]
    public void The_longest_entry_of_each_axis_is_positive()
    {
        var decoder = (DenseLayer)Trainer.Train(Rows, Options).Network.Decoder[^1];

        for (var l = 0; l < 3; l++)
        {
            var axis = Enumerable.Range(0, 12).Select(j => decoder.Weight[j * 3 + l]).ToArray();
            Assert.Equal(axis.Max(Math.Abs), axis.Max());
        }
    }

    [Fact]
    public void A_fixed_sigma_is_kept()
    {
        // x ~ N(m, s²) and noise σ: w² = s² − σ², the posterior w(x − m)/s² with variance σ²/s².
        const double sigma = 0.2;
        var rows = Trainer.FactorRows(count: 300, features: 1, factors: 1, noise: 1, seed: 2);
        var variance = Variance(rows);
        var network = Trainer
            .Train(rows, Options with { Latent = VaeLatent.Gaussian(1), Likelihood = VaeLikelihood.GaussianWithSigma(sigma) })
            .Network;

        var linear = new LinearNetwork(network);
        Assert.Equal(Math.Sqrt(variance - sigma * sigma), linear.Decode([1], 0) - linear.Decode([0], 0), Rounding);
        Assert.Equal(sigma * sigma / variance, linear.PosteriorVariance[0], Rounding);
        Assert.Equal(new LinearMarginal(network).LogLikelihood(rows), linear.Elbo(rows), Rounding);
    }

    [Fact]
    public void A_fixed_sigma_above_all_variance_leaves_the_prior()
    {
        var result = Trainer.Train(Rows, Options with { Likelihood = VaeLikelihood.GaussianWithSigma(100) });

        Assert.All(((DenseLayer)result.Network.Decoder[^1]).Weight, weight => Assert.Equal(0, weight));
        Assert.All(new LinearNetwork(result.Network).PosteriorVariance, variance => Assert.Equal(1, variance));
        Assert.Equal((0.0, 0), (result.History.Best.Kl, result.History.Best.ActiveUnits));
    }

    [Fact]
    public void Sigma_stops_at_its_floor_where_nothing_is_left_out()
    {
        // Columns 0 to 2 vary, as two independent ones and their sum; column 3 is constant: rank 2.
        var random = new Random(1);
        float[][] rows = [.. Enumerable.Range(0, 200).Select(_ => new[] { random.Next(8), random.Next(8), 0f, 5 })];
        foreach (var row in rows)
            row[2] = row[0] + row[1];
        foreach (var latent in (int[])[2, 3, 4])
        {
            var result = Trainer.Train(rows, Options with { Latent = VaeLatent.Gaussian(latent) });
            var linear = new LinearNetwork(result.Network);
            Assert.Equal(GaussianLikelihood.MinimumSigma, result.Sigma!.Value, 1e-6);
            Assert.Equal(2, result.History.Best.ActiveUnits);
            Assert.All(linear.PosteriorVariance.Skip(2), variance => Assert.Equal(1, variance));
            Assert.InRange(linear.Error(rows), 0, 1e-6);
        }
    }

    [Fact]
    public void An_axis_without_variance_is_left_out_of_a_deterministic_code()
    {
        float[][] rows = [.. Rows.Select(row => new[] { row[0], row[0], 1 })];
        var trained = Trainer.Train(rows, Options with { Latent = VaeLatent.Deterministic(3) });
        var encoder = ((DeterministicPosterior)trained.Network.Latent).Code;

        Assert.Equal(Math.Sqrt(0.5), encoder.Weight[0], Rounding);
        Assert.Equal(Math.Sqrt(0.5), encoder.Weight[1], Rounding);
        Assert.All(encoder.Weight.Skip(2), weight => Assert.Equal(0, weight, Rounding));
    }

    [Fact]
    public void Streamed_rows_give_the_weights_that_rows_in_memory_give()
    {
        var rows = Trainer.FactorRows(count: 3_000, features: 100, factors: 4, noise: 0.5, seed: 3);
        var options = Options with { Normalization = VaeNormalization.Standardize };
        var inMemory = Trainer.Train(rows, options);
        var streamed = Trainer.Train(
            rows,
            options with
            {
                Training = ClosedForm with { MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit },
            }
        );

        AssertSame(inMemory.Network, streamed.Network);
        Assert.Equal(inMemory.History.Best.Elbo, streamed.History.Best.Elbo, 1e-9);
    }

    [Fact]
    public void The_seed_makes_no_difference()
        => AssertSame(
            Trainer.Train(Rows, Options with { Training = ClosedForm with { Seed = 1 } }).Network,
            Trainer.Train(Rows, Options with { Training = ClosedForm with { Seed = 2 } }).Network);

    [Fact]
    public void Training_from_there_stays_there()
    {
        var training = ClosedForm with { Epochs = 30 };
        var result = Trainer.Train(Rows, Options with { Training = training });

        Assert.Equal(Enumerable.Range(0, 31), result.History.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(30, result.History.BestEpoch);
        var bound = new LinearNetwork(result.Network).Elbo(Rows);
        Assert.InRange(bound, new ProbabilisticPca(Rows, 3).LogLikelihood - 0.01, new ProbabilisticPca(Rows, 3).LogLikelihood + Rounding);
    }

    [Fact]
    public void Epoch_0_is_the_best_where_training_makes_it_worse()
    {
        // Steps so long that they lead away, judged on rows held out.
        var training = ClosedForm with { Epochs = 3, ValidationFraction = 0.2, LearningRate = 1 };
        var result = Trainer.Train(Rows, Options with { Training = training });

        Assert.Equal((0, 4), (result.History.BestEpoch, result.History.Epochs.Count));
        Assert.Equal(result.History.Epochs[0].ValidationElbo, result.History.Best.ValidationElbo);
        AssertSame(Trainer.Train(Rows, Options with { Training = training with { Epochs = 0 } }).Network, result.Network);
    }

    [Fact]
    public void More_dimensions_than_features_are_refused()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => Trainer.Train(Rows, Options with { Latent = VaeLatent.Gaussian(13) }));
        Assert.Equal(
            "VaeInitialization.ProbabilisticPca: 13 latent dimensions were asked for, but a row has 12 features, and there are no more "
            + "principal components than that. "
            + "Ask for 12 dimensions at most, or set Initialization = VaeInitialization.Random.",
            fault.Message);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    [InlineData(0.1)]
    [InlineData(0.0012)]
    public void A_learned_sigma_can_be_set(double sigma)
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var likelihood = new LearnedGaussian(features: 1, parameters);
        parameters.Build();
        likelihood.SetSigma(sigma);

        Assert.Equal(sigma, likelihood.Sigma!.Value, sigma * Rounding / 10);
    }

    [Fact]
    public void A_learned_sigma_at_its_floor_can_still_be_learned()
    {
        using var scope = NewDisposeScope();
        using var parameters = new ParameterVector(CPU);
        var likelihood = new LearnedGaussian(features: 1, parameters);
        parameters.Build();
        likelihood.SetSigma(0);

        Assert.Equal(GaussianLikelihood.MinimumSigma, likelihood.Sigma!.Value, 1e-6);
        likelihood.LogDensity(ones(1, 1), zeros(1, 1)).sum().backward();
        Assert.True(parameters.Gradients.item<float>() > 1);
    }

    private static double SquaredError(DenseLayer encoder, DenseLayer decoder, float[] x)
    {
        var code = encoder
            .Bias.Select((bias, l) => bias + x.Select((value, j) => (double)value * encoder.Weight[l * x.Length + j]).Sum())
            .ToArray();
        return x.Select(
                (value, j) => Math.Pow(value - decoder.Bias[j] - code.Select((z, l) => z * decoder.Weight[j * code.Length + l]).Sum(), 2)
            )
            .Sum();
    }

    private static double Variance(float[][] rows)
    {
        var mean = rows.Average(row => (double)row[0]);
        return rows.Average(row => (row[0] - mean) * (row[0] - mean));
    }

    private static void AssertSame(TrainedVae expected, TrainedVae found)
    {
        var (a, b) = ((GaussianPosterior)expected.Latent, (GaussianPosterior)found.Latent);
        AssertNear(a.Mean.Weight, b.Mean.Weight);
        AssertNear(a.Mean.Bias, b.Mean.Bias);
        AssertNear(a.LogSigma.Bias, b.LogSigma.Bias);
        AssertNear(((DenseLayer)expected.Decoder[^1]).Weight, ((DenseLayer)found.Decoder[^1]).Weight);
        AssertNear(((DenseLayer)expected.Decoder[^1]).Bias, ((DenseLayer)found.Decoder[^1]).Bias);
        Assert.Equal(((GaussianOutput)expected.Distribution).LogSigma, ((GaussianOutput)found.Distribution).LogSigma, 1e-6f);
    }

    private static void AssertNear(float[] expected, float[] found)
    {
        foreach (var (a, b) in expected.Zip(found))
            Assert.Equal(a, b, 1e-5f * Math.Max(1, Math.Abs(a)));
    }
}
