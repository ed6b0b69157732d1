using MLNet.Vae.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>0 in place of a share of the values or, where values may be missing, a share of them hidden as if they were.</summary>
internal sealed class Masking(double share, Generator random) : Corruptor
{
    protected override Tensor Corrupt(Tensor x)
    {
        using Scalar masked = share;
        return x * rand(x.shape, device: x.device, generator: random).ge(masked);
    }

    /// <summary>A category is hidden as a whole.</summary>
    protected override TrainingBatch Corrupt(TrainingBatch clean, InputMask mask)
    {
        using Scalar masked = share;
        var values = mask.Values(clean);
        var draws = mask.OfWholeCategories(rand(values.shape, device: values.device, generator: random));
        return mask.With(clean, values, draws.ge(masked));
    }
}
