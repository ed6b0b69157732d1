using MLNet.Vae.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Corruptions;

/// <summary>An end of the feature's range in place of a share of the values.</summary>
internal sealed class SaltAndPepper(double share, TrainingRows data, Generator random) : Corruptor
{
    private readonly Tensor _least = tensor(data.Input(data.Statistics.Minimum), device: data.Device);
    private readonly Tensor _largest = tensor(data.Input(data.Statistics.Maximum), device: data.Device);

    protected override Tensor Corrupt(Tensor x)
    {
        using Scalar corrupted = share, pepper = share / 2;
        var draw = rand(x.shape, device: x.device, generator: random);
        return where(draw.ge(corrupted), x, where(draw.ge(pepper), _largest, _least));
    }

    public override void Dispose()
    {
        _least.Dispose();
        _largest.Dispose();
        base.Dispose();
    }
}
