using MLNet.Vae.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>0 in place of a share of the values or, where values may be missing, a share of them hidden as if they were.</summary>
internal sealed class Masking(double share, Generator random) : Corruptor
{
    /// <summary>Something is left of every row.</summary>
    private const double MostOfRow = 0.95;

    protected override Tensor Corrupt(Tensor x)
    {
        using Scalar masked = share;
        return x * rand(x.shape, device: x.device, generator: random).ge(masked);
    }

    /// <summary>
    /// A category is hidden as a whole. Of each row another share is hidden, uniform from none to twice the share, so that rows with few
    /// holes and with many are met.
    /// </summary>
    protected override TrainingBatch Corrupt(TrainingBatch clean, InputMask mask)
    {
        using Scalar twice = 2 * share, most = MostOfRow;
        var values = mask.Values(clean);
        var masked = rand([clean.Rows, 1], device: values.device, generator: random).mul_(twice).clamp_max_(most);
        var draws = mask.OfWholeCategories(rand(values.shape, device: values.device, generator: random));
        return mask.With(clean, values, draws.ge(masked));
    }
}
