using Microsoft.ML;
using Microsoft.ML.Runtime;
using MLNet.Vae.Checkpoints;
using MLNet.Vae.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>Within an epoch too a run goes on where its last checkpoint was, whatever its state holds.</summary>
public sealed class StepTests : IDisposable
{
    // 180 rows trained on, 32 in a batch.
    private const int StepsPerEpoch = 6;

    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Members.Names), MemberType = typeof(Members))]
    public void A_run_that_crashes_between_two_steps_goes_on_there(string member)
    {
        var unbroken = Train(member, "unbroken", Never);
        // In the midst of the second epoch.
        Assert.Throws<Crash>(() => Train(member, "broken", TimeSpan.Zero, crash: StepsPerEpoch + 5));

        var resumed = Train(member, "broken", Never);

        // The epoch begins anew, and those batches of it are passed over that were learned from; a mixture had its clusters from one more.
        var expected = unbroken.Batches - StepsPerEpoch;
        Assert.InRange(resumed.Batches, expected - 1, expected);
        Assert.Equal(unbroken.Result.Loss, resumed.Result.Loss);
        Assert.Equal(BestWeights(unbroken.Result, "unbroken"), BestWeights(resumed.Result, "broken"));
    }

    [Theory]
    [MemberData(nameof(Members.Names), MemberType = typeof(Members))]
    public void A_run_that_is_cancelled_within_a_step_goes_on_as_if_that_had_not_been_begun(string member)
    {
        var unbroken = Train(member, "unbroken", Never);
        // Asked before each step, by the judge of an epoch, and within a step once by automatic differentiation, twelve times by a gradient
        // that is written out: the 28th time is within the first step of the third epoch or the third step of the first.
        var asked = 0;
        Assert.Throws<OperationCanceledException>(() => Train(member, "broken", Never, isCancelled: () => ++asked >= 28));

        var resumed = Train(member, "broken", Never);

        Assert.Equal(unbroken.Result.Loss, resumed.Result.Loss);
        Assert.Equal(BestWeights(unbroken.Result, "unbroken"), BestWeights(resumed.Result, "broken"));
    }

    private Run Train(string member, string folder, TimeSpan interval, int? crash = null, Func<bool>? isCancelled = null)
    {
        var options = Members.Options(member);
        var training = options.Training with { Checkpoints = new(_folder.File(folder), null, interval) };
        if (isCancelled is not null)
            training = training with { EnvironmentIsCancelled = isCancelled };
        options = options with { Training = training };
        using var channel = ((IChannelProvider)new MLContext()).Start("Test");
        var log = new TrainingLog(channel);
        var device = TorchRuntime.Prepare(new GpuChoice(Device: null, MayFallBack: false), log);
        using var data = new TrainingRowsLoader(new ArraySource(Rows(options), Layout(options)), options, seed: 1, device).Load();
        using var counted = new CountedRows(data, crash);
        var result = new VaeTrainer(options, 1, counted, log).Train();
        return new(result, counted.Given);
    }

    /// <summary>A condition, where there is one, is the last value of a row.</summary>
    private static float[][] Rows(VaeOptions options) => [.. WideRows.Create(Members.Rows)
        .Select((row, i) => options.Condition is null ? row : [.. row.Take(8), i % 2])];

    private static RowLayout Layout(VaeOptions options)
        => options.Condition is null ? new(WideRows.Features) : new(8, Condition: 1) { CategoricalCondition = true };

    private float[] BestWeights(TrainingResult result, string folder)
    {
        using var file = SafetensorsFile.Open(Assert.Single(Directory.GetFiles(_folder.File(folder))));
        using var weights = zeros(LengthOf(file));
        file.Read("best.weights", weights);
        Assert.Contains($"\"Epoch\":{result.History.BestEpoch},", file.Values["epochs"], StringComparison.Ordinal);
        return weights.data<float>().ToArray();
    }

    private static long LengthOf(SafetensorsFile file) => file.Shape("best.weights")!.Single();

    /// <param name="Result">Of the run.</param>
    /// <param name="Batches">That it took, over all epochs that it was in.</param>
    private sealed record Run(TrainingResult Result, int Batches);
}
