using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

internal static class TensorExtensions
{
    /// <summary>The values in row-major order, wherever the tensor lives.</summary>
    public static float[] ToArray(this Tensor tensor)
    {
        // An empty tensor of several dimensions cannot be read through TorchSharp's accessor.
        if (tensor.numel() == 0)
            return [];
        using var detached = tensor.detach();
        using var local = detached.cpu();
        using var contiguous = local.contiguous();
        return contiguous.data<float>().ToArray();
    }
}
