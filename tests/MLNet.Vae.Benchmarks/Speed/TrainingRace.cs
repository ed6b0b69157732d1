using MLNet.Vae.Benchmarks.Speed.Loop;
using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>
/// An epoch of training against the loop that users of TorchSharp write, over the same libtorch; against PyTorch, where it is installed;
/// and against the matrix products that training cannot do without.
/// </summary>
internal sealed class TrainingRace(string name, string title, VaeOptions model, RowLayout layout, Func<LoopModel> loop, int rows)
    : ISpeedTable
{
    private readonly int _batch = model.Training.BatchSize;

    public string Name => $"training-{name}";

    /// <summary>Of the layers from the features to the latent variable, where the products alone are raced; otherwise none.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [];

    /// <summary>Epochs of a run that are timed.</summary>
    public int Epochs { get; init; } = 3;

    public int Rounds { get; init; } = 5;

    /// <summary>What Rivals/train.py calls the network; <see langword="null"/>: PyTorch does not race.</summary>
    public string? PyTorchShape { get; init; }

    public void Measure(TextWriter to, int threads)
    {
        using var run = new TrainingRun(model, rows, layout, Epochs, threads);
        using var normalised = randn(rows, layout.Width);
        List<Contender> contenders =
        [
            new("MLNet.Vae", run.SecondsPerEpoch),
            new("TorchSharp's loop", () => TorchSharpLoop.SecondsPerEpoch(loop, normalised, _batch, Epochs, threads)),
            new(
                "the same, its epochs judged too",
                () => TorchSharpLoop.SecondsPerEpoch(loop, normalised, _batch, Epochs, threads, run.JudgedRows)
            ),
        ];
        if (PyTorchShape is { } shape && PyTorch.Name is { } pyTorch)
        {
            contenders.Add(new(pyTorch, () => PyTorch.SecondsPerEpoch("plain", shape, rows, _batch, threads, Epochs)));
            if (Widths.Count > 0)
                contenders.Add(new($"{pyTorch}, tuned", () => PyTorch.SecondsPerEpoch("tuned", shape, rows, _batch, threads, Epochs)));
        }
        if (Widths.Count > 0)
            contenders.Add(new("its matrix products alone", () => Race.Time(() => Products(threads))));
        new Race(
            $"Training {title}",
            $"Seconds per epoch of {rows:N0} rows, batch {_batch}, {threads} thread(s); median of {Epochs} epochs, {Rounds} rounds in "
            + "turn.",
            [.. contenders]
        )
            .Run(Rounds)
            .Print(to, rows, "rows");
        if (PyTorchShape is not null && PyTorch.Name is null)
            to.WriteLine($"{PyTorch.Skipped}\n");
    }

    /// <summary>
    /// Forward, weight gradient and input gradient of each layer for every batch of an epoch, into buffers that are there.
    /// </summary>
    private void Products(int threads)
    {
        set_num_threads(threads);
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        int[] encoder = [.. Widths.SkipLast(1), 2 * Widths[^1]],
            decoder = [.. Widths.Reverse()];
        var layers = encoder
            .Zip(encoder.Skip(1))
            .Concat(decoder.Zip(decoder.Skip(1)))
            .Select(
                (size, i) =>
                    (
                        Input: zeros(_batch, size.First),
                        Output: zeros(_batch, size.Second),
                        Weight: zeros(size.Second, size.First),
                        Gradient: zeros(size.Second, size.First),
                        IsFirst: i == 0
                    )
            )
            .ToArray();
        for (var step = 0; step < (rows + _batch - 1) / _batch; step++)
        {
            using var views = NewDisposeScope();
            foreach (var (input, output, weight, gradient, isFirst) in layers)
            {
                output.addmm_(input, weight.t(), beta: 0);
                gradient.addmm_(output.t(), input, beta: 0);
                if (!isFirst)
                    input.addmm_(output, weight, beta: 0);
            }
        }
    }
}
