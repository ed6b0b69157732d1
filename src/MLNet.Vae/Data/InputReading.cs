using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary><see cref="InputScaling"/> of batches.</summary>
internal sealed class InputReading(InputScaling scaling, Device device) : IDisposable
{
    private readonly Tensor? _log1p = scaling.Log1p.Contains(true) ? tensor(scaling.Log1p, device: device) : null;
    private readonly Scaler _scaler = new(scaling.Scaling, device);

    /// <param name="features">In the user's units, <c>[rows, features]</c>.</param>
    public Tensor Of(Tensor features) => _scaler.Of(_log1p is null ? features : where(_log1p, features.log1p(), features));

    public void Dispose()
    {
        _log1p?.Dispose();
        _scaler.Dispose();
    }
}
