using static TorchSharp.torch;

namespace MLNet.Vae.Architectures;

/// <summary>From rows to maps, which convolutions read, and back.</summary>
internal static class Pictures
{
    /// <summary><c>[rows, values]</c> → <c>[rows, channels, height, width]</c>.</summary>
    public static Tensor ToMaps(this Tensor rows, ImageShape shape)
        => shape.IsByChannel
            ? rows.reshape(rows.size(0), shape.Channels, shape.Height, shape.Width)
            : rows.reshape(rows.size(0), shape.Height, shape.Width, shape.Channels).permute(0, 3, 1, 2)
                // What only looks rearranged makes libtorch convolve in an order of memory that costs more than this copy.
                .contiguous();

    /// <summary>
    /// <c>[rows, parts·channels, height, width]</c> → <c>[rows, parts·values]</c>: the first part of every value, then the second, and so
    /// on.
    /// </summary>
    public static Tensor ToRows(this Tensor maps, ImageShape shape)
    {
        var (rows, parts) = (maps.size(0), maps.size(1) / shape.Channels);
        if (!shape.IsByChannel)
            maps = maps.reshape(rows, parts, shape.Channels, shape.Height, shape.Width).permute(0, 1, 3, 4, 2);
        return maps.reshape(rows, parts * shape.ValueCount);
    }
}
