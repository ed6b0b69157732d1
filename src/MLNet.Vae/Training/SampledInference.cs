using MLNet.Vae.Data;
using MLNet.Vae.Modules;
using static TorchSharp.torch;

namespace MLNet.Vae.Training;

/// <summary>The codes of some rows that are trained on.</summary>
internal static class SampledInference
{
    /// <summary>Enough for clusters of some hundreds of rows; what is done with them may take time that grows with the square.</summary>
    private const int Rows = 4_096;

    /// <summary>
    /// Mean and log σ, <c>[rows · latent]</c>, of rows drawn at random, as many as there are or 4,096; of a group those of all ranks, on
    /// each, of which each gives its share.
    /// </summary>
    public static (float[] Mean, float[] LogSigma) Of(VaeModule module, TrainingRows data, int seed)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var share = data.Group.IsAlone ? Rows : (int)Math.Min(Rows, (Rows * (double)data.Count / data.CountOfAll) + 1);
        using var batches = data.Batches(share, seed).GetEnumerator();
        if (!batches.MoveNext())
            return (data.Group.Each<float>([]), data.Group.Each<float>([]));
        var batch = data.Batch(batches.Current);
        var found = module.Encode(batch.Input, batch.Condition, zeros(batch.Rows, module.Latent.NoiseLength, device: data.Device));
        return (data.Group.Each<float>(found.Mean.ToArray()), data.Group.Each<float>(found.LogSigma!.ToArray()));
    }
}
