using Microsoft.ML;
using MLNet.Vae.Data;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Training;

/// <summary>What the weights that are kept are worth, judged by noise that did not choose them.</summary>
public sealed class FinalJudgementTests : IDisposable
{
    private const int Features = 12;

    private static readonly VaeOptions Linear = new()
    {
        Architecture = VaeArchitecture.Linear,
        Latent = VaeLatent.Gaussian(3),
        Normalization = VaeNormalization.None,
    };

    private static readonly VaeTrainingOptions ClosedForm = new() { Initialization = VaeInitialization.ProbabilisticPca, Epochs = 0 };

    private readonly MLContext _mlContext = new(seed: 1);
    private readonly CancellationTokenSource _cancellation = new();

    public void Dispose() => _cancellation.Dispose();

    /// <summary>A linear model has its bound on the held-out rows in closed form: 16 draws are nearer to it than one.</summary>
    [Fact]
    public void It_is_the_bound_without_the_noise_of_an_epoch()
    {
        var (ofEpochs, ofFinal, errors) = (0.0, 0.0, 0.0);
        for (var seed = 1; seed <= 6; seed++)
        {
            var rows = Trainer.FactorRows(count: 200, Features, factors: 4, noise: 0.5, seed);
            var training = ClosedForm with { ValidationFraction = 0.2, Seed = seed };
            var result = Trainer.Train(rows, Linear with { Training = training });
            var history = result.History;
            // The same split as that of the fit: the rows are those that its seed holds out.
            using var data = new TrainingRowsLoader(new ArraySource(rows), Linear with { Training = training }, seed, CPU).Load();
            float[][] heldOut = [.. data.HeldOutNumbers.Select(row => rows[row])];
            var exact = new LinearNetwork(result.Network).Elbo(heldOut);
            ofEpochs += Math.Pow(history.Best.ValidationElbo!.Value - exact, 2);
            ofFinal += Math.Pow(history.FinalValidationElbo!.Value - exact, 2);
            errors += history.FinalValidationStandardError!.Value;
        }
        Assert.True(ofFinal < ofEpochs / 4, $"{ofFinal} against {ofEpochs}");
        // That of rows, which more noise does not make less.
        Assert.InRange(errors / 6, 0.1, 1);
    }

    [Fact]
    public void The_best_of_many_epochs_of_noise_is_above_it()
    {
        // All epochs are judged by the same noise and rows, and the best of them is the one that suits these most.
        var rows = Trainer.FactorRows(count: 300, Features, factors: 4, noise: 0.5, seed: 3);
        var training = new VaeTrainingOptions { Epochs = 60, Patience = 60, LearningRate = 0.01, ValidationFraction = 0.1 };
        var history = Trainer.Train(rows, Linear with { Training = training }).History;
        Assert.True(history.Best.ValidationElbo > history.FinalValidationElbo);
    }

    [Fact]
    public void Without_rows_held_out_there_is_none()
    {
        var history = Fit(TinyVae.Training with { ValidationFraction = 0 });
        Assert.Equal((null, null), (history.FinalValidationElbo, history.FinalValidationStandardError));
    }

    [Fact]
    public void Nor_is_there_one_of_a_fit_that_was_cancelled()
    {
        var history = Fit(TinyVae.Training with
        {
            CancellationToken = _cancellation.Token,
            OnCancellation = VaeCancellationBehavior.ReturnBest,
            Progress = new EpochRecorder(_ => _cancellation.Cancel()),
        });
        Assert.Equal(VaeStopReason.Cancelled, history.StopReason);
        Assert.Equal((null, null), (history.FinalValidationElbo, history.FinalValidationStandardError));
    }

    /// <summary>As for any weights of a seed.</summary>
    [Fact]
    public void The_same_seed_gives_the_same()
    {
        var (one, other) = (Fit(TinyVae.Training), Fit(TinyVae.Training));
        Assert.NotNull(one.FinalValidationElbo);
        Assert.Equal(one.FinalValidationElbo, other.FinalValidationElbo);
        Assert.Equal(one.FinalValidationStandardError, other.FinalValidationStandardError);
    }

    [Fact]
    public void A_row_far_out_is_left_out_of_it_too()
    {
        var rows = Trainer.FactorRows(count: 400, Features, factors: 4, noise: 0.5, seed: 5);
        // Whichever side it is on, one of these is held out.
        foreach (var row in new[] { 20, 100, 200, 300, 390 })
            rows[row] = [.. rows[row].Select(value => value + 40)];
        var training = ClosedForm with { ValidationFraction = 0.5 };
        var history = Trainer.Train(rows, Linear with { Training = training }).History;
        Assert.Equal(history.Best.ValidationElbo!.Value, history.FinalValidationElbo!.Value, 1.0);
    }

    private VaeTrainingHistory Fit(VaeTrainingOptions training)
    {
        using var transformer = _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training })
            .Fit(FactorRows.View(_mlContext, 100));
        return transformer.History();
    }
}
