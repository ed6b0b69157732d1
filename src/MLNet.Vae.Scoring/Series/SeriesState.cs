using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.ML.Runtime;
using MLNet.Vae.Windows;

namespace MLNet.Vae.Series;

/// <summary>What an engine remembers as bytes: a head with version and sizes, each series, and a hash of all of it.</summary>
internal static class SeriesState
{
    private const int Version = 1, MostSeries = 100_000_000, MostKeyLength = 1 << 16;

    private static ReadOnlySpan<byte> Magic => "VAESERIE"u8;

    public static void Write(Stream to, SlidingWindows windows)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Version);
            writer.Write(windows.Channels);
            writer.Write(windows.Steps);
            string[] keys = [.. windows.Keys];
            writer.Write(keys.Length);
            foreach (var key in keys)
            {
                var (time, count, window) = windows.StateOf(key);
                writer.Write(key);
                writer.Write(time);
                writer.Write(count);
                writer.Write(MemoryMarshal.AsBytes(window.AsSpan()));
            }
        }
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        to.Write(bytes);
        to.Write(XxHash128.Hash(bytes));
    }

    /// <param name="from">What <see cref="Write"/> wrote; read to its end.</param>
    /// <param name="empty">Makes windows of the model that are to be filled.</param>
    /// <param name="context">Marks exceptions.</param>
    /// <exception cref="InvalidDataException">It is damaged, foreign, or of other windows.</exception>
    public static SlidingWindows Read(Stream from, Func<SlidingWindows> empty, IExceptionContext context)
    {
        using var buffer = new MemoryStream();
        from.CopyTo(buffer);
        var bytes = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        const int HashLength = 16;
        if (bytes.Length < Magic.Length + HashLength || !bytes.Span.StartsWith(Magic))
            throw Fault("is not one");
        var (content, hash) = (bytes[..^HashLength], bytes[^HashLength..]);
        if (!XxHash128.Hash(content.Span).AsSpan().SequenceEqual(hash.Span))
            throw Fault("was truncated or damaged");
        using var reader = new BinaryReader(new MemoryStream(buffer.GetBuffer(), 0, content.Length, writable: false), Encoding.UTF8);
        try
        {
            return Windows(reader, empty());
        }
        catch (Exception fault) when (fault is EndOfStreamException or FormatException or ArgumentException)
        {
            throw Fault("was truncated or damaged");
        }

        SlidingWindows Windows(BinaryReader reader, SlidingWindows windows)
        {
            reader.ReadBytes(Magic.Length);
            if (reader.ReadInt32() is var version && version != Version)
                throw Fault($"has version {version}, and this library reads version {Version}");
            var (channels, steps) = (reader.ReadInt32(), reader.ReadInt32());
            if (channels != windows.Channels || steps != windows.Steps)
            {
                throw Fault(FormattableString.Invariant($"has windows of {steps} readings of {channels} channels, and the model ")
                    + FormattableString.Invariant($"{windows.Steps} of {windows.Channels}"));
            }
            var count = reader.ReadInt32();
            if (count is < 0 or > MostSeries)
                throw Fault("was truncated or damaged");
            for (var i = 0; i < count; i++)
            {
                var (key, time, readings) = (reader.ReadString(), reader.ReadDouble(), reader.ReadInt32());
                if (key.Length > MostKeyLength || readings < 0 || readings > steps)
                    throw Fault("was truncated or damaged");
                var window = new float[steps * channels];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(window.AsSpan()));
                windows.Restore(key, time, readings, window);
            }
            return windows;
        }

        Exception Fault(string what) => context.Process(new InvalidDataException(
            $"The state of a series engine {what}: expected what {nameof(VaeSeriesEngine)}.{nameof(VaeSeriesEngine.Save)} wrote for this "
            + "model. Begin with an engine that has read nothing, and give it the last readings of each series."));
    }
}
