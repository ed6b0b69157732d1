using System.IO.Compression;
using System.Runtime.InteropServices;

namespace MLNet.Vae.Reporting;

/// <summary>An array on its way into a page: little-endian, gzip, base64.</summary>
/// <param name="Type">"f32", "f64", "i32" or "u8".</param>
/// <param name="Data">The text.</param>
internal sealed record Packed(string Type, string Data)
{
    public static Packed? Of(float[]? values) => values is null ? null : new("f32", Text<float>(values));

    public static Packed? Of(int[]? values) => values is null ? null : new("i32", Text<int>(values));

    public static Packed Of(double[] values) => new("f64", Text<double>(values));

    public static Packed Of(byte[] values) => new("u8", Text<byte>(values));

    // The processors that .NET and browsers run on are little-endian.
    private static string Text<T>(ReadOnlySpan<T> values) where T : struct
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(MemoryMarshal.AsBytes(values));
        return Convert.ToBase64String(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
