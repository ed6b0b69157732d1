using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Maps in whole blocks. The convolutions of oneDNN in libtorch 2.10 take maps in blocks of 16 or 8 and, where a sum over maps ends within
/// a block, may add whatever the memory behind the last map holds: sums over rows of a minibatch that are wrong now and then, or not
/// finite. Maps of zeros up to a whole block leave nothing to read. Seen on processors with AVX2 and AVX-512; a sum over fewer maps than a
/// block in the forward convolution is right.
/// </summary>
internal static class WholeBlocks
{
    private const long Block = 16;

    /// <summary>How many maps of zeros a sum over so many maps of a forward convolution needs.</summary>
    public static long MissingForward(long maps) => maps < Block ? 0 : MissingBackward(maps);

    /// <summary>How many a sum over so many maps needs in the pass that leads back.</summary>
    public static long MissingBackward(long maps) => (Block - maps % Block) % Block;

    /// <summary>Zeros behind the first dimension, as many as are missing.</summary>
    /// <param name="values"><c>[maps]</c> or <c>[maps, ., ., .]</c>.</param>
    /// <param name="missing">Maps.</param>
    public static Tensor First(Tensor values, long missing) => missing == 0
        ? values
        : nn.functional.pad(values, values.dim() == 1 ? [0, missing] : [0, 0, 0, 0, 0, 0, 0, missing]);

    /// <summary>Zeros behind the second dimension.</summary>
    /// <param name="values"><c>[., maps, ., .]</c>.</param>
    /// <param name="missing">Maps.</param>
    public static Tensor Second(Tensor values, long missing)
        => missing == 0 ? values : nn.functional.pad(values, [0, 0, 0, 0, 0, missing]);

    /// <summary>The maps that there are, of those with zeros.</summary>
    /// <param name="values"><c>[rows, maps, height, width]</c>.</param>
    /// <param name="missing">Maps to leave out.</param>
    public static Tensor Without(Tensor values, long missing)
        => missing == 0 ? values : values.narrow(1, 0, values.shape[1] - missing);
}
