using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Benchmarks.Speed;

/// <summary>An epoch of training against PyTorch, and against the matrix products that it cannot do without.</summary>
internal sealed class TrainingRace(string name, string shape, int rows, int batch, VaeArchitecture architecture, int latent, int epochs = 5, int rounds = 5) : ISpeedTable
{
    public string Name => name;

    public void Measure(TextWriter to, int threads)
    {
        var features = architecture is MlpArchitecture ? int.Parse(shape.Split('-')[0]) : 784;
        using var run = new TrainingRun(new() { Architecture = architecture, Latent = VaeLatent.Gaussian(latent), Training = new() { BatchSize = batch } }, rows, features, epochs, threads);

        Contender[] contenders =
        [
            new("MLNet.Vae", run.SecondsPerEpoch),
            new("PyTorch", () => PyTorch.SecondsPerEpoch("plain", shape, rows, batch, threads, epochs)),
        ];
        if (architecture is MlpArchitecture)
        {
            contenders =
            [
                .. contenders,
                new("PyTorch, tuned", () => PyTorch.SecondsPerEpoch("tuned", shape, rows, batch, threads, epochs)),
                new("its matrix products alone", () => Race.Time(() => Products([.. shape.Split('-').Select(int.Parse)]))),
            ];
        }
        new Race($"Training {shape}", $"Seconds per epoch of {rows:N0} rows, batch {batch}, {threads} thread(s); median of {epochs} epochs, {rounds} rounds in turn.", contenders)
            .Run(rounds)
            .Print(to, rows, "rows");
    }

    /// <summary>Forward, weight gradient and input gradient of each layer for every batch of an epoch, into buffers that are there.</summary>
    private void Products(int[] widths)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var sizes = widths[..^1].Append(2 * latent).Zip(widths[..^1].Append(2 * latent).Skip(1)).Concat(widths.Reverse().Zip(widths.Reverse().Skip(1))).ToArray();
        var layers = sizes.Select((size, i) => (
            Input: zeros(batch, size.First), Output: zeros(batch, size.Second), Weight: zeros(size.Second, size.First), Gradient: zeros(size.Second, size.First), IsFirst: i == 0)).ToArray();
        for (var step = 0; step < (rows + batch - 1) / batch; step++)
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
