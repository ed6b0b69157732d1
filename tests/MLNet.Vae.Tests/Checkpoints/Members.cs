using MLNet.Vae.Tests.Data;
using MLNet.Vae.Tests.Estimators;
using MLNet.Vae.Tests.Kit;
using Microsoft.ML;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>Each member of the family, and each part of a fit that remembers something from step to step, small.</summary>
internal static class Members
{
    public const int Epochs = 4;
    public const int Rows = 200;

    private const int Side = 32;

    private static readonly VaeOptions Small = TinyVae.Options with { Training = TinyVae.Training with { Epochs = Epochs } };

    private static readonly Dictionary<string, VaeOptions> All = new()
    {
        ["Gaussian"] = Small,
        ["dropout and noise"] = Small with
        {
            Architecture = VaeArchitecture.Mlp(8) with { Dropout = 0.2 },
            Corruption = VaeCorruption.GaussianNoise(0.3),
        },
        ["conditional"] = Small with { Condition = new() { ColumnName = nameof(ClassRows.Row.Kind), LearnedPrior = true } },
        ["deterministic"] = Small with { Latent = VaeLatent.Deterministic(2), Corruption = VaeCorruption.Masking(0.1) },
        ["mixture"] = Small with { Latent = VaeLatent.GaussianMixture(2, 3) },
        ["vector-quantised"] = Small with { Latent = VaeLatent.VectorQuantized(16, 2) },
        ["map of codes"] = Small with
        {
            Architecture = VaeArchitecture.Convolutional(Side, Side, 1, 2, 2, 2),
            // The prior over codes comes after the last checkpoint, and is the same however long it is fitted.
            Latent = VaeLatent.VectorQuantizedMap(8, 2) with { Prior = new() { Units = 8, Epochs = 1 } },
        },
        ["hierarchical"] = Small with { Latent = VaeLatent.Hierarchical(2, 2) },
        ["convolutional"] = Small with { Architecture = VaeArchitecture.Convolutional(Side, Side, 1, 2) },
        ["convolutional, of series"] = Small with { Architecture = VaeArchitecture.Convolutional1D(Side, Side, 2) },
        ["recurrent"] = Small with { Architecture = VaeArchitecture.Recurrent(Side, Side, hiddenSize: 4, layers: 2) },
        ["KL target"] = Small with { Objective = new() { KlTarget = 1 } },
        ["warm-up"] = Small with { Objective = new() { WarmUpEpochs = 2, FreeBits = 0.1 } },
        ["capacity"] = Small with { Objective = new() { Capacity = new(2, 2) } },
        ["importance-weighted"] = Small with { Objective = new() { Samples = 3, ImportanceWeighted = true } },
    };

    public static TheoryData<string> Names { get; } = [.. All.Keys];

    public static VaeOptions Options(string name) => All[name];

    /// <summary>Rows for a member, 200 of them, or, streamed, more than the least memory holds.</summary>
    public static IDataView View(MLContext mlContext, string name, bool streamed = false)
        => All[name].Condition is not null ? ClassRows.View(mlContext, streamed ? 30_000 : Rows)
            : SampleData.Features(mlContext, WideRows.Create(streamed ? WideRows.Count : Rows), WideRows.Features);

    /// <summary>So that the rows of <see cref="View"/> are streamed.</summary>
    public static VaeOptions Streamed(this VaeOptions options) => options with
    {
        Training = options.Training with
        {
            MemoryLimit = VaeTrainingOptions.MinimumMemoryLimit,
            BatchSize = options.Condition is null ? options.Training.BatchSize : 1_024,
        },
    };

    public static VaeOptions KeptIn(this VaeOptions options, string folder, IProgress<VaeTrainingProgress>? progress = null)
        => options with
        {
            Training = options.Training with { CheckpointFolder = folder, CheckpointEpochs = 1, Progress = progress },
        };
}
