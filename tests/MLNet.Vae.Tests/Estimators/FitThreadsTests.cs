using System.Runtime.ExceptionServices;
using Microsoft.ML;
using MLNet.Vae.Tests.Kit;
using MLNet.Vae.Tests.Training;
using static TorchSharp.torch;

namespace MLNet.Vae.Tests.Estimators;

/// <summary>
/// The number of threads of torch, during a fit and after it. Alone: the number that new threads start with belongs to the process.
/// </summary>
[Collection(AloneInProcess.Name)]
public class FitThreadsTests
{
    // None that a fit would choose or is given here.
    private const int Before = 3;

    private readonly MLContext _mlContext = new(seed: 1);

    public static TheoryData<int?, int, bool> Numbers =>
        new()
        {
            { null, 1, false },
            { 1, 1, false },
            { 2, 2, false },
            { Before, Before, false },
            { null, 1, true },
            { 2, 2, true },
        };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_fit_has_its_number_and_leaves_none(int? given, int expected, bool byAutomaticDifferentiation) =>
        WithTorchAt(
            Before,
            () =>
            {
                var (during, toCome) = (new HashSet<int>(), new HashSet<int>());
                using var transformer = Fit(
                    given,
                    () =>
                    {
                        during.Add(get_num_threads());
                        toCome.Add(OfNewThread());
                    },
                    latent: byAutomaticDifferentiation ? VaeLatent.GaussianMixture(2, components: 2) : null
                );
                Assert.Equal([expected], during);
                Assert.Equal([Before], toCome);
            }
        );

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_fit_that_throws_leaves_none(int? given) =>
        WithTorchAt(
            Before,
            () =>
                Assert.Throws<NotSupportedException>(() =>
                    Fit(given, () => throw new NotSupportedException(), cancellation: CancellationToken.None)
                )
        );

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_fit_that_is_cancelled_leaves_none(int? given) =>
        WithTorchAt(
            Before,
            () =>
            {
                using var cancellation = new CancellationTokenSource();
                Assert.Throws<OperationCanceledException>(() => Fit(given, cancellation.Cancel, cancellation: cancellation.Token));
            }
        );

    [Fact]
    public void A_fit_from_the_closed_form_and_a_comparison_of_dimensions_leave_none() =>
        WithTorchAt(
            Before,
            () =>
            {
                var data = FactorRows.View(_mlContext, 100);
                var training = TinyVae.Training with { Threads = 2 };
                using var linear = _mlContext
                    .Transforms.VaeEmbed(
                        TinyVae.Options with
                        {
                            Architecture = VaeArchitecture.Linear,
                            Training = training with { Initialization = VaeInitialization.ProbabilisticPca },
                        }
                    )
                    .Fit(data);
                Assert.Equal(Before, get_num_threads());
                Assert.Equal(
                    2,
                    VaeDimensionReport.Measure(_mlContext, data, TinyVae.Options with { Training = training }, 1, 2).Results.Count
                );
            }
        );

    [Fact]
    public void Fits_side_by_side_have_each_their_own() =>
        WithTorchAt(
            Before,
            () =>
            {
                int[] given = [1, 2, 4];
                using var together = new Barrier(given.Length);
                var during = new int[given.Length];
                var after = new int[given.Length];
                // On threads of their own, and what is thrown there is thrown here.
                Task.WaitAll([
                    .. given.Select(
                        (count, i) =>
                            Task.Factory.StartNew(
                                () =>
                                {
                                    using (
                                        Fit(
                                            count,
                                            () =>
                                            {
                                                // All are in the midst of an epoch, before and after the number is read.
                                                Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(2)));
                                                during[i] = get_num_threads();
                                                Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(2)));
                                            }
                                        )
                                    )
                                    {
                                        after[i] = get_num_threads();
                                    }
                                },
                                CancellationToken.None,
                                TaskCreationOptions.LongRunning,
                                TaskScheduler.Default
                            )
                    ),
                ]);
                Assert.Equal(given, during);
                Assert.All(after, count => Assert.Equal(Before, count));
            }
        );

    [Fact]
    public void The_same_seed_and_rows_give_the_same_weights_whatever_torch_was_set_to()
    {
        VaeTransformer? first = null,
            second = null;
        WithTorchAt(2, () => first = Fit(null));
        WithTorchAt(Before, () => second = Fit(null));
        using (first)
        using (second)
            WeightsAssert.Same(first!.Model, second!.Model);
    }

    private VaeTransformer Fit(int? threads, Action? epoch = null, VaeLatent? latent = null, CancellationToken cancellation = default)
    {
        var training = TinyVae.Training with
        {
            Threads = threads,
            CancellationToken = cancellation,
            Progress = new EpochRecorder(_ => epoch?.Invoke()),
        };
        return _mlContext
            .Transforms.VaeEmbed(TinyVae.Options with { Training = training, Latent = latent ?? TinyVae.Options.Latent })
            .Fit(FactorRows.View(_mlContext, 100));
    }

    /// <summary>On a thread of its own, and then: torch's number, of that thread and of new ones, is what it was.</summary>
    private static void WithTorchAt(int count, Action work)
    {
        var atFirst = OfNewThread();
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                set_num_threads(count);
                work();
                Assert.Equal(count, get_num_threads());
                Assert.Equal(count, OfNewThread());
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                set_num_threads(atFirst);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
    }

    private static int OfNewThread()
    {
        var count = 0;
        var thread = new Thread(() => count = get_num_threads());
        thread.Start();
        thread.Join();
        return count;
    }
}
