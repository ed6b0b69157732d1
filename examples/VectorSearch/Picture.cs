using System.Text;

namespace VectorSearch;

/// <summary>A row: a picture and what it shows.</summary>
internal sealed class Picture
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>Brightness of each pixel, 0 to 1, line after line from the top.</summary>
    public float[] Pixels { get; set; } = [];

    public string Label { get; set; } = "";

    /// <summary>Pictures side by side, in characters.</summary>
    public static string Text(IReadOnlyList<Picture> pictures, int width)
    {
        var text = new StringBuilder();
        for (var line = 0; line < pictures[0].Pixels.Length / width; line++)
            text.AppendJoin("  ", pictures.Select(picture => Line(picture.Pixels.AsSpan(line * width, width)))).AppendLine();
        return text.ToString();
    }

    private static string Line(ReadOnlySpan<float> pixels)
    {
        var line = new StringBuilder();
        foreach (var pixel in pixels)
            line.Append(Shades[(int)(Math.Clamp(pixel, 0, 1) * (Shades.Length - 1))]);
        return line.ToString();
    }
}
