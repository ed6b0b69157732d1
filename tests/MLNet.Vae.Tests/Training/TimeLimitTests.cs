using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Training;

/// <summary>A time limit, in epochs that take next to none: what counts is what comes out, not when.</summary>
public class TimeLimitTests
{
    private readonly MLContext _mlContext = new(seed: 1);

    [Fact]
    public void A_fit_out_of_time_in_its_first_epoch_has_a_model()
    {
        using var transformer = Fit(new() { Seed = 1, Epochs = 1_000, TimeLimit = TimeSpan.FromTicks(1), BatchSize = 10 });
        var history = transformer.Model.Info.Training!;

        Assert.Equal((VaeStopReason.TimeLimit, 1, 1), (history.StopReason, history.BestEpoch, history.Epochs.Count));
        Assert.True(double.IsFinite(history.Best.Reconstruction) && history.Best.Reconstruction < 20, $"{history.Best.Reconstruction}");
        Assert.All(transformer.Transform(View()).GetColumn<float[]>("Z"), z => Assert.All(z, value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void It_ends_with_the_best_epoch_so_far()
    {
        var stopped = new List<int>();
        using var transformer = Fit(new()
        {
            Seed = 1,
            Epochs = 1_000_000,
            Patience = 1_000_000,
            TimeLimit = TimeSpan.FromSeconds(0.5),
            Progress = new Told(progress => stopped.Add(progress.Epoch.Epoch)),
        });
        var history = transformer.Model.Info.Training!;

        Assert.Equal(VaeStopReason.TimeLimit, history.StopReason);
        Assert.Equal(history.Epochs.MaxBy(epoch => epoch.ValidationElbo)!.Epoch, history.BestEpoch);
        Assert.Equal(stopped.Count, history.Epochs.Count);
        Assert.True(history.Elapsed >= TimeSpan.FromSeconds(0.5));
    }

    [Fact]
    public void Restarts_share_it()
    {
        using var transformer = Fit(new() { Seed = 1, Epochs = 1_000_000, Restarts = 4, TimeLimit = TimeSpan.FromSeconds(0.3) });
        Assert.InRange(transformer.Model.Info.Training!.Restarts.Count, 1, 3);
    }

    [Fact]
    public void A_fit_with_time_enough_is_the_same_as_one_without_a_limit()
    {
        using var limited = Fit(new() { Seed = 1, Epochs = 3, TimeLimit = TimeSpan.FromDays(1) });
        using var free = Fit(new() { Seed = 1, Epochs = 3 });
        Assert.Equal(free.Transform(View()).GetColumn<float[]>("Z"), limited.Transform(View()).GetColumn<float[]>("Z"));
    }

    [Fact]
    public void No_time_at_all_is_refused()
    {
        var fault = Assert.Throws<ArgumentException>(() => Fit(new() { TimeLimit = TimeSpan.Zero }));
        Assert.Contains("TimeLimit must be above 0", fault.Message, StringComparison.Ordinal);
    }

    private VaeTransformer Fit(VaeTrainingOptions training) => _mlContext.Transforms.VaeEmbed(new VaeOptions
    {
        OutputColumnName = "Z",
        Latent = VaeLatent.Gaussian(2),
        Architecture = VaeArchitecture.Mlp(8),
        Training = training,
    }).Fit(View());

    private IDataView View()
    {
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, 200).Select(_ => new Row { Features = [.. Values(random)] })];
        return _mlContext.Data.LoadFromEnumerable(rows);

        static IEnumerable<float> Values(Random random)
        {
            var common = random.NextSingle();
            for (var i = 0; i < 5; i++)
                yield return common + 0.1f * random.NextSingle();
        }
    }

    private sealed class Row
    {
        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Told(Action<VaeTrainingProgress> told) : IProgress<VaeTrainingProgress>
    {
        public void Report(VaeTrainingProgress value) => told(value);
    }
}
