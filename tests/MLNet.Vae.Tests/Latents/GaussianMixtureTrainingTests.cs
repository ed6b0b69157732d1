using MLNet.Vae.Graphs;
using MLNet.Vae.Tests.Training;

namespace MLNet.Vae.Tests.Latents;

/// <summary>What training makes of a mixture.</summary>
public sealed class GaussianMixtureTrainingTests
{
    private const int Rows = 800, Epochs = 40;

    private static readonly VaeOptions Options = new()
    {
        Architecture = VaeArchitecture.Mlp(32),
        Latent = VaeLatent.GaussianMixture(3, KindRows.Kinds),
        Training = new() { Epochs = Epochs, BatchSize = 32, LearningRate = 3e-3 },
    };

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Kinds_of_rows_become_components(int seed, bool importanceWeighted)
    {
        var rows = KindRows.Create(Rows);
        var options = Options with
        {
            Training = Options.Training with { Seed = seed },
            Objective = importanceWeighted ? new() { Samples = 3, ImportanceWeighted = true } : new(),
        };

        var result = Trainer.Train(rows, options);

        Assert.True(Accuracy(result.Network, rows) > 0.95, $"accuracy {Accuracy(result.Network, rows)}");
        var components = result.Network.Latent.Components!;
        Assert.Equal(1, components.Sum(component => component.Weight), 1e-5);
        Assert.All(components, component => Assert.InRange(component.Weight, 0.2, 0.3));
        Assert.Empty(result.History.Warnings);
    }

    /// <summary>Rows of kinds are as likely under a mixture as each is under its component, which N(0, I) cannot be.</summary>
    [Fact]
    public void The_bound_is_better_than_without_components()
    {
        var rows = KindRows.Create(Rows);
        var mixture = Trainer.Train(rows, Options).History.Best.ValidationElbo!.Value;
        var gaussian = Trainer.Train(rows, Options with { Latent = VaeLatent.Gaussian(3) }).History.Best.ValidationElbo!.Value;

        Assert.InRange(mixture, gaussian + 0.3, 100);
    }

    [Theory]
    [InlineData(0.25, 10)]
    [InlineData(0.01, 1)]
    [InlineData(0, 0)]
    public void The_first_epochs_pretrain_and_are_never_the_best(double fraction, int pretrained)
    {
        var options = Options with { Latent = VaeLatent.GaussianMixture(3, 2) with { PretrainingFraction = fraction } };

        var history = Trainer.Train(KindRows.Create(100), options).History;

        Assert.Equal(Enumerable.Range(1, Epochs).Select(epoch => epoch <= pretrained), history.Epochs.Select(epoch => epoch.IsPretraining));
        Assert.InRange(history.BestEpoch, pretrained + 1, Epochs);
        Assert.Equal(history.Epochs.Where(epoch => !epoch.IsPretraining).MaxBy(epoch => epoch.ValidationElbo), history.Best);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    public void The_last_epoch_trains_the_mixture_however_few_there_are(int epochs, int pretrained)
    {
        var history = Trainer.Train(KindRows.Create(100), Options with { Training = Options.Training with { Epochs = epochs } }).History;

        Assert.Equal(pretrained, history.Epochs.Count(epoch => epoch.IsPretraining));
    }

    /// <summary>
    /// Long steps on few rows: the weighted bound of pretraining soon falls on the rows held out, and is not what patience waits for.
    /// </summary>
    [Fact]
    public void Patience_begins_after_pretraining()
    {
        const int pretrained = 30, patience = 3;
        var options = Options with
        {
            Latent = VaeLatent.GaussianMixture(3, 2) with { PretrainingFraction = 0.05 },
            Training = Options.Training with { Epochs = 600, Patience = patience, LearningRate = 0.05, ValidationFraction = 0.4 },
        };

        var history = Trainer.Train(KindRows.Create(40), options).History;

        Assert.Equal(VaeStopReason.EarlyStopping, history.StopReason);
        Assert.Equal(pretrained, history.Epochs.Count(epoch => epoch.IsPretraining));
        Assert.True(history.BestEpoch > pretrained, $"epoch {history.BestEpoch}");
        Assert.Equal(history.BestEpoch + patience, history.Epochs.Count);
    }

    [Fact]
    public void The_divergence_of_an_epoch_is_that_of_its_dimensions()
    {
        // Steps too short to matter: the pass over the rows and the look at them afterwards see the same model.
        var training = Options.Training with { Epochs = 2, LearningRate = 1e-12, ValidationFraction = 0 };

        var epochs = Trainer.Train(KindRows.Create(200), Options with { Training = training }).History.Epochs;

        Assert.Equal([true, false], epochs.Select(epoch => epoch.IsPretraining));
        Assert.All(epochs, epoch => Assert.Equal(epoch.Kl, epoch.KlPerDimension.Sum(), 1e-5 * Math.Max(1, epoch.Kl)));
    }

    private static double Accuracy(TrainedVae network, float[][] rows)
    {
        var model = VaeModel.Create(network, new()
        {
            FeatureCount = KindRows.Features,
            LatentDimension = network.LatentDimension,
            LatentKind = VaeLatentKind.GaussianMixture,
            ComponentCount = network.Latent.Components!.Count,
            Architecture = "",
            Likelihood = "gaussian",
            Normalization = "standardize",
            Columns = new() { Features = "Features", Components = "Components" },
        });
        using var encoder = new Onnx.OnnxRunner(model.ToOnnx(VaeGraph.Encoder));
        var components = encoder.Run(rows, KindRows.Features)["component"];
        return ClusterMatch.Accuracy([.. components.Select(p => Array.IndexOf(p, p.Max()))], KindRows.Labels(rows.Length));
    }
}
