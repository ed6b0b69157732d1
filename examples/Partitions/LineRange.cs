using System.Text;

namespace Partitions;

/// <summary>The lines of a file whose first byte lies in a range of bytes, so that ranges side by side share every line out once.</summary>
internal static class LineRange
{
    public static IEnumerable<string> Read(string path, long from, long to)
    {
        using var stream = File.OpenRead(path);
        // From one byte before: if that ends a line, the range begins with a whole one; otherwise what is left of the line is the range's
        // before.
        var at = Math.Max(0, from - 1);
        stream.Position = at;
        using var reader = new StreamReader(stream, Encoding.ASCII);
        if (from > 0)
            at += (reader.ReadLine()?.Length ?? 0) + 1;
        while (at < to && reader.ReadLine() is { } line)
        {
            yield return line;
            at += line.Length + 1;
        }
    }
}
