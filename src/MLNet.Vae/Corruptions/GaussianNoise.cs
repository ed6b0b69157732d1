using MLNet.Vae.Modules;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>x + σ·ε.</summary>
internal sealed class GaussianNoise(double deviation, Generator random) : Corruptor
{
    protected override Tensor Corrupt(Tensor x)
    {
        using Scalar sigma = deviation;
        return x.Plus(sigma * randn(x.shape, device: x.device, generator: random));
    }
}
