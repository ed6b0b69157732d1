namespace Digits;

/// <summary>A row: a picture and what it shows.</summary>
internal sealed class Digit
{
    /// <summary>Brightness of each pixel, 0 to 1, line after line from the top.</summary>
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";
}
