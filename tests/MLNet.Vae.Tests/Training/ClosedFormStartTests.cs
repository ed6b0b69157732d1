using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Training;

namespace MLNet.Vae.Tests.Training;

/// <summary>Which fits start from the closed form where nothing is said, and what that is worth.</summary>
public sealed class ClosedFormStartTests
{
    private const int Features = 12;
    private const double NatsTolerance = 0.05;

    private static readonly VaeOptions Linear = new() { Architecture = VaeArchitecture.Linear, Latent = VaeLatent.Gaussian(3) };

    private static readonly float[][] Rows = Trainer.FactorRows(count: 400, Features, factors: 4, noise: 0.5, seed: 1);

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<string, VaeModelOptions> Others => new()
    {
        { "random weights that are asked for", Linear with { Training = new() { Initialization = VaeInitialization.Random } } },
        { "a perceptron", Linear with { Architecture = VaeArchitecture.Mlp(8) } },
        { "one σ for each feature", Linear with { Likelihood = VaeLikelihood.GaussianPerFeature } },
        { "another likelihood", Linear with { Likelihood = VaeLikelihood.StudentT() } },
        { "clusters", Linear with { Latent = VaeLatent.GaussianMixture(3, 2) } },
        { "a nonlinear code", Linear with { Latent = VaeLatent.Deterministic(3) with { Activation = Activation.Tanh } } },
        { "a sparse code", Linear with { Latent = VaeLatent.Deterministic(3) with { Sparsity = new L1Sparsity(1) } } },
        { "another optimum", Linear with { Objective = new() { Beta = 2 } } },
        { "corrupted rows", Linear with { Corruption = VaeCorruption.Masking(0.2) } },
        { "a condition", Linear with { Condition = new() { ColumnName = "Kind" } } },
        { "a target", Linear with { TargetColumnName = "Other" } },
        { "as many dimensions as features", Linear with { Latent = VaeLatent.Gaussian(Features) } },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Is_not_taken_by(string what, VaeModelOptions options)
        => Assert.False(ClosedFormStart.IsTaken(options, Features), what);

    [Fact]
    public void Is_taken_where_it_is_the_optimum()
    {
        Assert.True(ClosedFormStart.IsTaken(Linear, Features));
        Assert.True(ClosedFormStart.IsTaken(Linear, 2_048));
        Assert.False(ClosedFormStart.IsTaken(Linear, 2_049));
        Assert.True(ClosedFormStart.IsTaken(Linear with { Likelihood = VaeLikelihood.GaussianWithSigma(0.5) }, Features));
        Assert.True(ClosedFormStart.IsTaken(VaeOptions.LinearAutoencoder(3), Features));
        Assert.True(ClosedFormStart.IsTaken(new VaeAnomalyOptions { Architecture = VaeArchitecture.Linear }, Features));
    }

    [Fact]
    public void Every_option_left_alone_a_linear_model_ends_at_the_maximum_of_the_likelihood()
    {
        var rows = TestData.OpticalDigits();
        AssertEndsAt(rows, Linear with { Latent = VaeLatent.Gaussian(20), Normalization = VaeNormalization.None });
    }

    [Fact]
    public void So_it_does_on_generated_rows_as_they_are_normalised() => AssertEndsAt(Rows, Linear);

    [Fact]
    public void A_detector_starts_there_too_and_scores_what_its_closed_form_scores()
    {
        var options = new VaeAnomalyOptions { Architecture = VaeArchitecture.Linear, Latent = VaeLatent.Gaussian(3) };
        var closed = new VaeTrainingOptions { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0, Seed = 1 };
        var data = SampleData.Features(_mlContext, Rows, Features);
        using var trained = _mlContext.AnomalyDetection.Trainers.Vae(options with { Training = new() { Epochs = 60, Seed = 1 } }).Fit(data);
        using var exact = _mlContext.AnomalyDetection.Trainers.Vae(options with { Training = closed }).Fit(data);
        Assert.Equal(0, trained.History().Epochs[0].Epoch);
        Assert.Equal(Mean(exact), Mean(trained), 0.1);

        double Mean(VaeTransformer detector) => detector.Transform(data).GetColumn<float>("Score").Average();
    }

    [Fact]
    public void More_dimensions_than_features_start_from_random_weights()
    {
        var result = Trainer.Train(Rows, Linear with { Latent = VaeLatent.Gaussian(Features + 1), Training = new() { Epochs = 1 } });
        Assert.Equal(1, Assert.Single(result.History.Epochs).Epoch);
    }

    /// <summary>The likelihood of the rows, against that of the closed form of the same split.</summary>
    private static void AssertEndsAt(float[][] rows, VaeOptions options)
    {
        var closed = new VaeTrainingOptions { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 };
        var result = Trainer.Train(rows, options);
        var exact = Trainer.Train(rows, options with { Training = closed });
        Assert.Equal((0, closed.Epochs), (result.History.Epochs[0].Epoch, exact.History.BestEpoch));
        var scaling = exact.Network.Scaling;
        float[][] scaled = [.. rows.Select(row => row.Select((value, j) => (value - scaling.Offset[j]) / scaling.Scale[j]).ToArray())];
        var (found, expected) = (new LinearNetwork(result.Network).Elbo(scaled), new LinearNetwork(exact.Network).Elbo(scaled));
        Assert.InRange(found, expected - NatsTolerance, expected + NatsTolerance);
    }
}
