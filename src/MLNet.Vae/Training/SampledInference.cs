using MLNet.Vae.Data;
using MLNet.Vae.Latents;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>The codes of some rows that are trained on.</summary>
internal static class SampledInference
{
    /// <summary>Enough for clusters of some hundreds of rows; what is done with them may take time that grows with the square.</summary>
    private const int Rows = 4_096;

    /// <summary>Of rows drawn at random, as many as there are or 4,096, without noise.</summary>
    public static LatentInference Of(VaeModule module, TrainingRows data, int seed)
    {
        using var _ = no_grad();
        using var batches = data.Batches(Rows, seed).GetEnumerator();
        batches.MoveNext();
        var batch = data.Batch(batches.Current);
        return module.Encode(batch.Input, batch.Condition, zeros(batch.Rows, module.Latent.NoiseLength, device: data.Device));
    }
}
