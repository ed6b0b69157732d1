using System.Globalization;

namespace MLNet.Vae.Onnx;

/// <summary>Names of the slots of added columns.</summary>
internal static class SlotNames
{
    /// <summary>"Embedding0", "Embedding1" and so on.</summary>
    public static string[] ForLatent(string column, int count)
        => [.. Enumerable.Range(0, count).Select(i => column + i.ToString(CultureInfo.InvariantCulture))];
}
