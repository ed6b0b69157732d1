using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>0 in place of a share of the values.</summary>
internal sealed class Masking(double share, Generator random) : Corruptor
{
    protected override Tensor Corrupt(Tensor x)
    {
        using Scalar masked = share;
        return x * rand(x.shape, device: x.device, generator: random).ge(masked);
    }
}
