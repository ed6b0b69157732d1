namespace MLNet.Vae.Architectures;

/// <summary>
/// The places of a kernel along one axis: every <paramref name="Stride"/> pixels, ⌈length / stride⌉ of them, so that every pixel is under
/// it at least once. What the kernel spans is no shorter than the stride, and odd where the stride is 1.
/// </summary>
/// <param name="Length">Pixels of the axis.</param>
/// <param name="Kernel">Pixels that the kernel reads.</param>
/// <param name="Stride">Pixels from one place to the next.</param>
/// <param name="Dilation">Pixels from one that the kernel reads to the next (van den Oord et al. 2016, section 2.1).</param>
internal readonly record struct KernelPath(int Length, int Kernel, int Stride, int Dilation = 1)
{
    public int Places => (Length + Stride - 1) / Stride;

    /// <summary>Zeros put on each side.</summary>
    public int Padding => (Overhang + 1) / 2;

    /// <summary>
    /// Pixels that the way back adds at the end, 0 or 1: strides of 2 lead from 7 and from 8 pixels to 4 places, and 4 places back to
    /// either.
    /// </summary>
    public int OutputPadding => (2 * Padding) - Overhang;

    /// <summary>Pixels from the first that the kernel reads to the last, both counted.</summary>
    private int Span => ((Kernel - 1) * Dilation) + 1;

    /// <summary>By how much the places reach beyond the axis.</summary>
    private int Overhang => ((Places - 1) * Stride) + Span - Length;
}
