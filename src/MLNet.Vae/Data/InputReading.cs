using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary><see cref="InputScaling"/> of batches.</summary>
internal sealed class InputReading(InputScaling scaling, Device device) : IDisposable
{
    private readonly Tensor _log1p = tensor(scaling.Log1p, device: device);
    private readonly Tensor _offset = tensor(scaling.Scaling.Offset, device: device);
    private readonly Tensor _scale = tensor(scaling.Scaling.Scale, device: device);

    /// <param name="features">In the user's units, <c>[rows, features]</c>.</param>
    public Tensor Of(Tensor features) => (where(_log1p, features.log1p(), features) - _offset) / _scale;

    public void Dispose()
    {
        _log1p.Dispose();
        _offset.Dispose();
        _scale.Dispose();
    }
}
