namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in CPU memory.</summary>
public sealed class TensorAccessor<T>
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    internal TensorAccessor(torch.Tensor tensor) => _tensor = tensor;

    /// <summary>In row-major order, whatever the tensor's strides.</summary>
    public unsafe T[] ToArray()
    {
        using var ordered = _tensor.contiguous();
        var description = ordered.Describe();
        if (description is { Elements: 0, Dimensions: > 1 })
            throw new ArgumentOutOfRangeException("tensorIndex", "An empty tensor of several dimensions cannot be read.");
        return new ReadOnlySpan<T>(description.Data, checked((int)description.Elements)).ToArray();
    }
}
