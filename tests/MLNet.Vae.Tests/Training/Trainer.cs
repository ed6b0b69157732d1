using MLNet.Vae.Data;
using MLNet.Vae.Interop;
using MLNet.Vae.Modules;
using MLNet.Vae.Tests.Data;
using MLNet.Vae.Training;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace MLNet.Vae.Tests.Training;

/// <summary>Trains on rows in memory, below the estimators.</summary>
internal static class Trainer
{
    public static TrainingResult Train(float[][] rows, VaeOptions options, RowLayout? layout = null)
    {
        const int seed = 1;
        using var channel = ((IChannelProvider)new MLContext()).Start("Test");
        var log = new TrainingLog(channel);
        var oneThread = options with { Training = options.Training with { Threads = 1 } };
        var device = TorchRuntime.Prepare(new GpuChoice(Device: null, MayFallBack: false), log);
        Assert.Equal(DeviceType.CPU, device.type);
        using var data = new TrainingRowsLoader(new ArraySource(rows, layout), oneThread, options.Training.Seed ?? seed, device).Load();
        return new VaeTrainer(oneThread, options.Training.Seed ?? seed, data, log).Train();
    }

    /// <summary>Independent rows of N(mean, covariance), covariance = factor·factorᵀ + noise²·I.</summary>
    public static float[][] FactorRows(int count, int features, int factors, double noise, int seed)
    {
        var random = new Random(seed);
        var loadings = Enumerable.Range(0, features).Select(_ => Normals(random, factors)).ToArray();
        var mean = Normals(random, features);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var z = Normals(random, factors);
            return loadings.Select((w, j) => (float)(mean[j] + w.Zip(z, (a, b) => a * b).Sum() + noise * Normal(random))).ToArray();
        })];
    }

    /// <summary>Box and Muller 1958.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal(random))];
}
