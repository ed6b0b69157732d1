namespace MLNet.Vae;

/// <summary>The order of the values of a picture in a row. Lines run from the top down, the pixels of a line from left to right.</summary>
public enum PixelLayout
{
    /// <summary>
    /// Channel after channel, each a whole picture: [channels, height, width]. What ML.NET's <c>ExtractPixels</c> writes unless told
    /// otherwise.
    /// </summary>
    Planar,

    /// <summary>
    /// Pixel after pixel, each with its channels side by side: [height, width, channels]. <c>ExtractPixels</c> with
    /// <c>interleavePixelColors: true</c>.
    /// </summary>
    Interleaved,
}
