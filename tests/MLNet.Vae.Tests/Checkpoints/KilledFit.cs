using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Vae.Tests.Checkpoints;

/// <summary>A fit of some seconds, the same in every process.</summary>
internal static class KilledFit
{
    public const int Epochs = 30;

    private const int Features = 20, Rows = 2_000;

    /// <param name="mlContext">The context.</param>
    /// <param name="folder">Of checkpoints, one after each step; <see langword="null"/>: none.</param>
    /// <param name="progress">Told of each epoch.</param>
    public static VaeTransformer Run(MLContext mlContext, string? folder, IProgress<VaeTrainingProgress>? progress = null)
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, Rows).Select(_ =>
        {
            var z = random.NextSingle();
            return new Row { Features = [.. Enumerable.Range(0, Features).Select(j => z * j + random.NextSingle())] };
        }).ToList();
        return mlContext.Transforms.VaeEmbed(new VaeOptions
        {
            Architecture = VaeArchitecture.Mlp(16),
            Latent = VaeLatent.Gaussian(2),
            Training = new()
            {
                Epochs = Epochs,
                Seed = 1,
                Threads = 1,
                CheckpointFolder = folder,
                CheckpointInterval = TimeSpan.Zero,
                Progress = progress,
            },
        }).Fit(mlContext.Data.LoadFromEnumerable(rows));
    }

    public sealed class Row
    {
        [VectorType(KilledFit.Features)]
        public float[] Features { get; set; } = [];
    }
}
