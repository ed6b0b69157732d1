using MLNet.Vae.Graphs;
using static TorchSharp.torch;

namespace MLNet.Vae.Data;

/// <summary><see cref="FeatureScaling"/> of batches, but for its logarithms.</summary>
internal sealed class Scaler(FeatureScaling scaling, Device device) : IDisposable
{
    private readonly Tensor _offset = tensor(scaling.Offset, device: device);
    private readonly Tensor _scale = tensor(scaling.Scale, device: device);
    private readonly Tensor? _upper = scaling.Limit is { } limit ? tensor(limit, device: device) : null;
    private readonly Tensor? _lower = scaling.Limit is { } limit ? tensor(Array.ConvertAll(limit, l => -l), device: device) : null;

    /// <summary>(x − offset) / scale within the limit.</summary>
    /// <param name="rows">In the user's units or those of the logarithm, <c>[rows, features]</c>.</param>
    public Tensor Of(Tensor rows)
    {
        var scaled = (rows - _offset) / _scale;
        return _upper is null ? scaled : minimum(maximum(scaled, _lower!), _upper);
    }

    public void Dispose()
    {
        _offset.Dispose();
        _scale.Dispose();
        _upper?.Dispose();
        _lower?.Dispose();
    }
}
