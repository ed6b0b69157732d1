using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>
/// Maps in whole blocks. The convolutions of oneDNN in libtorch 2.10 take maps in blocks of 16 or 8 and, where a sum over maps ends within
/// a block, may add whatever the memory behind the last map holds: the result is wrong, or not finite, depending on what ran before. Maps
/// of zeros up to a whole block leave nothing to read. Seen on processors with AVX2 and AVX-512; a forward convolution of the few maps of a
/// picture is right. And where a strided convolution leads back to three blocks, five or any odd number from there on, values are wrong
/// whatever memory held (AVX-512): one more block of zeros makes the number even.
/// </summary>
internal static class WholeBlocks
{
    private const long Block = 16;

    /// <summary>Maps of a picture, and of nothing behind it: a block of them would cost as much as sixteen.</summary>
    private const long PictureMaps = 4;

    /// <summary>
    /// How many maps of zeros a sum over so many maps of a forward convolution needs, and the way back to them.
    /// </summary>
    /// <param name="maps">On the side of the picture.</param>
    /// <param name="isStrided">Whether the kernel passes over places.</param>
    public static long MissingForward(long maps, bool isStrided)
    {
        if (maps <= PictureMaps)
            return 0;
        var missing = MissingBackward(maps);
        var blocks = (maps + missing) / Block;
        return isStrided && blocks > 1 && blocks % 2 == 1 ? missing + Block : missing;
    }

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
