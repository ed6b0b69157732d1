namespace MLNet.Vae;

/// <summary>How the values of a row make a picture.</summary>
/// <param name="Height">Lines of the picture.</param>
/// <param name="Width">Pixels of a line.</param>
/// <param name="Channels">Values of a pixel: 1 for grey, 3 for red, green and blue.</param>
/// <param name="Layout">Their order in the row.</param>
public sealed record ImageShape(int Height, int Width, int Channels, PixelLayout Layout)
{
    internal int ValueCount => Height * Width * Channels;

    /// <summary>
    /// Whether the values lie as convolutions read them, channel by channel: those of a single channel do in either order. Nothing is
    /// rearranged then; a tensor that only looks rearranged makes libtorch convolve in an order of memory that costs a fifth of an epoch.
    /// </summary>
    internal bool IsByChannel => Layout == PixelLayout.Planar || Channels == 1;

    /// <summary>The dimensions of a vector column of such pictures.</summary>
    internal int[] Dimensions => Layout == PixelLayout.Planar ? [Channels, Height, Width] : [Height, Width, Channels];
}
