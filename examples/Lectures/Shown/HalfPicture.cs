namespace Lectures.Shown;

/// <summary>A row of two halves of a picture.</summary>
internal sealed class HalfPicture
{
    /// <summary>Left columns of pixels, what is known.</summary>
    public float[] Left { get; set; } = [];

    /// <summary>Right columns of pixels, what is to be made.</summary>
    public float[] Right { get; set; } = [];
}
