using MLNet.Vae.Tests.Estimators;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Training;

public class EarlyStoppingTests
{
    private const int Patience = 5;

    // Few rows, many parameters and long steps: the bound on the held-out rows soon falls.
    private static readonly VaeTrainingOptions Training = TinyVae.Training with
    {
        Epochs = 500,
        Patience = Patience,
        LearningRate = 0.05,
        Schedule = VaeLearningRateSchedule.Constant,
        ValidationFraction = 0.4,
    };

    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void Stops_once_the_held_out_rows_have_not_improved_for_as_many_epochs_as_the_patience()
    {
        using var transformer = Fit(Training);
        var history = transformer.History();
        Assert.Equal(VaeStopReason.EarlyStopping, history.StopReason);
        Assert.True(history.Epochs.Count < Training.Epochs);
        Assert.Equal(Patience, history.Epochs.Count - history.BestEpoch);
        Assert.Equal(history.Epochs.Max(epoch => epoch.ValidationElbo), history.Best.ValidationElbo);
    }

    [Fact]
    public void Has_the_weights_of_the_best_epoch()
    {
        using var stopped = Fit(Training);
        using var exact = Fit(Training with { Epochs = stopped.History().BestEpoch });
        Assert.Equal(VaeStopReason.Completed, exact.History().StopReason);
        WeightsAssert.Same(exact.Model, stopped.Model);
        Assert.Equal(exact.Model.Info.DecoderSigma, stopped.Model.Info.DecoderSigma);
        Assert.Equal(stopped.History().Best.DecoderSigma, stopped.Model.Info.DecoderSigma);
    }

    [Fact]
    public void Runs_every_epoch_and_keeps_the_last_where_nothing_is_held_out()
    {
        var training = Training with { ValidationFraction = 0, Epochs = 20, Patience = 1 };
        using var transformer = Fit(training);
        var history = transformer.History();
        Assert.Equal((VaeStopReason.Completed, 20, 20), (history.StopReason, history.Epochs.Count, history.BestEpoch));
        Assert.Equal((40, 0), (history.TrainingRows, history.ValidationRows));
        Assert.All(history.Epochs, epoch => Assert.Null(epoch.ValidationElbo));
    }

    private VaeTransformer Fit(VaeTrainingOptions training)
        => _mlContext.Transforms.VaeEmbed(TinyVae.Options with { Architecture = VaeArchitecture.Mlp(32), Training = training })
            .Fit(FactorRows.View(_mlContext, 40));
}
