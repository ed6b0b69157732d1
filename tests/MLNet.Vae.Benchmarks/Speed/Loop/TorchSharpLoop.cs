using System.Diagnostics;
using static TorchSharp.torch;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>
/// Training as users of TorchSharp write it, over the same libtorch in the same process: modules, <c>optim.Adam</c>, shuffled batches by
/// index, the loss computed at every step and read back once an epoch.
/// </summary>
internal static class TorchSharpLoop
{
    private const double LearningRate = 1e-3;
    private const int Seed = 1;

    /// <summary>Median seconds of an epoch of a new model, the first left out.</summary>
    /// <param name="create">Makes the model.</param>
    /// <param name="rows">Normalised.</param>
    /// <param name="batch">Rows of a step.</param>
    /// <param name="epochs">That are timed.</param>
    /// <param name="threads">Of torch.</param>
    public static double SecondsPerEpoch(Func<LoopModel> create, Tensor rows, int batch, int epochs, int threads)
    {
        set_num_threads(threads);
        random.manual_seed(Seed);
        using var scope = NewDisposeScope();
        using var model = create();
        using var optimizer = optim.Adam(model.parameters(), LearningRate);
        return Race.Median([.. Enumerable.Range(0, epochs + 1).Select(_ => Epoch(model, optimizer, rows, batch)).Skip(1)]);
    }

    private static double Epoch(LoopModel model, optim.Optimizer optimizer, Tensor rows, int batch)
    {
        var clock = Stopwatch.StartNew();
        using var total = zeros(1);
        using var order = randperm(rows.shape[0]);
        for (var start = 0L; start < rows.shape[0]; start += batch)
        {
            using var step = NewDisposeScope();
            var x = rows.index_select(0, order.narrow(0, start, Math.Min(batch, rows.shape[0] - start)));
            var loss = model.call(x);
            optimizer.zero_grad();
            loss.backward();
            optimizer.step();
            model.AfterStep();
            total.add_(loss.detach());
        }
        if (!float.IsFinite(total.item<float>()))
            throw new InvalidOperationException($"The loss of {model.GetName()} is not finite.");
        return clock.Elapsed.TotalSeconds;
    }
}
