using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Training;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Vae.Tests.Training;

public class TrainingLogTests
{
    [Fact]
    public void Epochs_are_told_of_once_a_second_beside_the_first_and_the_last()
    {
        var mlContext = new MLContext(seed: 1);
        var lines = new ContextLog(mlContext);
        var clock = new Clock();
        using (var channel = ((IChannelProvider)mlContext).Start("Training"))
        {
            var log = new TrainingLog(channel, clock);
            foreach (var report in Reports(new MLContext(seed: 1)))
            {
                log.Epoch(report);
                clock.Now += TimeSpan.FromMilliseconds(400);
            }
        }

        Assert.Equal(["1/8", "4/8", "7/8", "8/8"], Epochs(lines).Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public void A_fit_of_hundreds_of_epochs_writes_a_few_lines()
    {
        var mlContext = new MLContext(seed: 1);
        var log = new ContextLog(mlContext);
        var options = TinyVae.Options with { Training = TinyVae.Training with { Epochs = 400, Patience = null } };
        using var model = mlContext.Transforms.VaeEmbed(options).Fit(FactorRows.View(mlContext, 60));
        var seconds = model.History().Elapsed.TotalSeconds;
        Assert.Equal(400, model.History().Epochs.Count);
        Assert.InRange(Epochs(log).Count(), 2, 3 + (int)seconds);
    }

    private static IEnumerable<string> Epochs(ContextLog log) =>
        log.Training.Where(line => line.StartsWith("Epoch ", StringComparison.Ordinal));

    private static List<VaeTrainingProgress> Reports(MLContext mlContext)
    {
        var recorder = new EpochRecorder();
        var training = TinyVae.Training with { Epochs = 8, Patience = null, Progress = recorder };
        mlContext.Transforms.VaeEmbed(TinyVae.Options with { Training = training }).Fit(FactorRows.View(mlContext, 60)).Dispose();
        return [.. recorder.Reports];
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
