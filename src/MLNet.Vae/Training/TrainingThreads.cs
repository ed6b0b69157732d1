using MLNet.Vae.Data;
using MLNet.Vae.Initialization;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>
/// How many threads of torch a fit takes where its options do not say. Torch's threads spin while they wait for each other, after every
/// operation: a step of many short ones gains nothing by a second thread, and where another program keeps one of the cores busy each wait
/// takes as long as the scheduler's turn. So the number follows from the sizes of the model and the machine alone, and not from a
/// measurement: sums are taken in another order by other numbers of threads, and the same seed and rows are to give the same weights.
/// </summary>
internal static class TrainingThreads
{
    /// <summary>
    /// Multiply-adds of a step that pay for a thread: milliseconds of one core, beside which the waits between operations are short.
    /// </summary>
    public const double MultiplyAddsPerThread = 1 << 27;

    /// <summary>Forward, back to the inputs, back to the weights.</summary>
    private const int PassesOfStep = 3;

    /// <param name="multiplyAdds">Of one step.</param>
    /// <param name="cores">
    /// Logical cores of the process. Half of them are used at most: as a rule the physical ones, and never all of a machine that others use
    /// too.
    /// </param>
    /// <param name="most">
    /// That torch would use by itself: less than the cores where the program or its environment (OMP_NUM_THREADS) say so.
    /// </param>
    public static int Choose(double multiplyAdds, int cores, int most)
        => (int)Math.Clamp(multiplyAdds / MultiplyAddsPerThread, 1, Math.Max(1, Math.Min(cores / 2, most)));

    /// <summary>Of a step of gradient descent.</summary>
    /// <param name="rows">Of a batch, times the samples of each.</param>
    /// <param name="multiplyAddsPerRow">Of the model.</param>
    public static double OfStep(long rows, long multiplyAddsPerRow) => PassesOfStep * (double)rows * multiplyAddsPerRow;

    /// <summary>The number asked for or, where none is, the one chosen, until disposed.</summary>
    /// <param name="options">Of the fit.</param>
    /// <param name="multiplyAdds">That are done at a time.</param>
    /// <param name="device">Where: a GPU needs one thread of the CPU.</param>
    public static TorchThreads Use(VaeTrainingOptions options, double multiplyAdds, Device device)
        // ProcessorCount heeds affinity and, rounded up, the CPU quota of a container; torch's own number heeds the first alone.
        => new(options.Threads ?? Choose(device.type == DeviceType.CPU ? multiplyAdds : 0, Environment.ProcessorCount, get_num_threads()));

    /// <summary>The principal components of the rows, by as many threads as they pay for.</summary>
    public static PrincipalComponents Components(TrainingRows data, VaeTrainingOptions options)
    {
        using var threads = Use(options, PrincipalComponents.MultiplyAdds(data), data.Device);
        return PrincipalComponents.Of(data, options.ThrowIfCancelled);
    }
}
