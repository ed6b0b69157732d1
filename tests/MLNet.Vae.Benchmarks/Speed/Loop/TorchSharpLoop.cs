using System.Diagnostics;
using static TorchSharp.torch;

namespace MLNet.Vae.Benchmarks.Speed.Loop;

/// <summary>
/// Training as users of TorchSharp write it, over the same libtorch in the same process: modules, <c>optim.Adam</c>, shuffled batches by
/// index, the loss computed at every step and read back once an epoch; and the same with the loss of some rows, without gradients, after
/// each epoch, as whoever watches a fit has it and MLNet.Vae's own epochs have.
/// </summary>
internal static class TorchSharpLoop
{
    private const double LearningRate = 1e-3;
    private const int Seed = 1;

    // As Evaluator has it.
    private const long JudgedBlock = 4096;

    /// <summary>Median seconds of an epoch of a new model, the first left out.</summary>
    /// <param name="create">Makes the model.</param>
    /// <param name="rows">Normalised.</param>
    /// <param name="batch">Rows of a step.</param>
    /// <param name="epochs">That are timed.</param>
    /// <param name="threads">Of torch.</param>
    /// <param name="judged">Rows whose loss is taken after each epoch.</param>
    public static double SecondsPerEpoch(Func<LoopModel> create, Tensor rows, int batch, int epochs, int threads, long judged = 0)
    {
        set_num_threads(threads);
        random.manual_seed(Seed);
        using var scope = NewDisposeScope();
        using var model = create();
        using var optimizer = optim.Adam(model.parameters(), LearningRate);
        return Race.Median([.. Enumerable.Range(0, epochs + 1).Select(_ => Epoch(model, optimizer, rows, batch, judged)).Skip(1)]);
    }

    private static double Epoch(LoopModel model, optim.Optimizer optimizer, Tensor rows, int batch, long judged)
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
        var sum = total.item<float>() + Loss(model, rows.narrow(0, 0, judged));
        if (!double.IsFinite(sum))
            throw new InvalidOperationException($"The loss of {model.GetName()} is not finite.");
        return clock.Elapsed.TotalSeconds;
    }

    private static double Loss(LoopModel model, Tensor rows)
    {
        using var _ = no_grad();
        var sum = 0.0;
        for (var start = 0L; start < rows.shape[0]; start += JudgedBlock)
        {
            using var block = NewDisposeScope();
            var count = Math.Min(JudgedBlock, rows.shape[0] - start);
            sum += model.call(rows.narrow(0, start, count)).item<float>() * count;
        }
        return sum;
    }
}
