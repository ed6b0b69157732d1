using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.Vae.Modules;

/// <summary>
/// Sums and squares whose numbers outlive the native call. TorchSharp turns a number into a Scalar with a finaliser and does not keep it
/// alive while native code reads it, so that a collection at the wrong moment frees it (seen as "Expected false to be true" from
/// Scalar.h). It does so itself in <c>a + b</c>, <c>add_(b)</c>, <c>square()</c> and <c>softplus()</c>. Training code therefore calls
/// these methods, keeps its constants in static fields, and holds every other Scalar with <c>using</c>.
/// </summary>
internal static class TensorExtensions
{
    private static readonly Scalar One = 1;

    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    public static Tensor Plus(this Tensor left, Scalar right) => left.add(right, One);

    /// <summary>In place.</summary>
    public static Tensor Accumulate(this Tensor sum, Tensor term) => sum.add_(term, One);

    public static Tensor Squared(this Tensor tensor) => tensor.mul(tensor);

    /// <summary><c>[rows, width]</c> → <c>[samples·rows, width]</c>: all rows, <paramref name="samples"/> times over.</summary>
    public static Tensor PerSample(this Tensor rows, int samples) => samples == 1 ? rows : rows.repeat(samples, 1);

    /// <summary>x·Wᵀ + b, <c>[rows, inputs]</c> → <c>[rows, outputs]</c>.</summary>
    /// <param name="x">
    /// Where it is of whole numbers, <c>[rows]</c>, each stands for the one-hot vector with its 1 there: x·Wᵀ is then a column of W, looked
    /// up.
    /// </param>
    /// <param name="weight">W, <c>[outputs, inputs]</c>.</param>
    /// <param name="bias">b, <c>[outputs]</c>.</param>
    public static Tensor Linear(this Tensor x, Tensor weight, Tensor bias) =>
        x.dtype == ScalarType.Int64 ? weight.index_select(1, x).t().Plus(bias) : nn.functional.linear(x, weight, bias);

    /// <summary>Values of double precision in row-major order, wherever the tensor lives.</summary>
    public static double[] ToDoubles(this Tensor tensor)
    {
        using var local = tensor.cpu();
        using var contiguous = local.contiguous();
        return contiguous.data<double>().ToArray();
    }

    /// <summary>The memory of a contiguous tensor on the CPU.</summary>
    public static Span<float> Values(this Tensor tensor) => tensor.numel() == 0 ? [] : MemoryMarshal.Cast<byte, float>(tensor.bytes);

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
