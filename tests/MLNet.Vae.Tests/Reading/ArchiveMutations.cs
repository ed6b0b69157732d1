using System.Buffers.Binary;
using System.IO.Compression;

namespace MLNet.Vae.Tests.Reading;

/// <summary>Changes of a <c>model.zip</c> as somebody makes them who knows what an archive is.</summary>
internal static class ArchiveMutations
{
    private const string OnnxEntry = "OnnxModel";

    private static readonly long[] Numbers = [0, 1, 4, 1000, 1 << 20, int.MaxValue, uint.MaxValue];

    public static byte[] Of(Random random, byte[] zip, byte[] other, out bool isSealed)
    {
        isSealed = false;
        return random.Next(6) switch
        {
            0 => Header(random, zip),
            1 => Repacked(random, zip, (name, content) => name.EndsWith(OnnxEntry, StringComparison.Ordinal)
                ? ByteMutations.Of(random, content, other)
                : content),
            2 => Repacked(random, zip, (_, content) => content, extra: true),
            3 => ByteMutations.Of(random, zip, other),
            _ => Changed(random, zip, out isSealed),
        };
    }

    private static byte[] Changed(Random random, byte[] zip, out bool isSealed)
    {
        var (changed, seal) = (false, false);
        var packed = Repacked(random, zip, (name, content) =>
        {
            if (changed || !name.EndsWith(OnnxEntry, StringComparison.Ordinal))
                return content;
            var onnx = ModelMutations.Of(random, content[sizeof(int)..], out seal);
            changed = true;
            var prefix = BitConverter.GetBytes(random.Next(10) == 0 ? (int)Numbers[random.Next(Numbers.Length - 1)] : onnx.Length);
            return [.. prefix, .. onnx];
        });
        isSealed = seal;
        return packed;
    }

    /// <summary>A number of a local header, an entry of the list or the end of the list.</summary>
    private static byte[] Header(Random random, byte[] zip)
    {
        var changed = zip.ToArray();
        var headers = Enumerable.Range(0, zip.Length - 4).Where(i => zip[i] == 'P' && zip[i + 1] == 'K').ToArray();
        var at = headers[random.Next(headers.Length)] + random.Next(4, 46);
        if (at + sizeof(uint) > changed.Length)
            return changed;
        var number = (uint)Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(at), number);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(changed.AsSpan(at), (ushort)number);
        return changed;
    }

    private static byte[] Repacked(Random random, byte[] zip, Func<string, byte[], byte[]> change, bool extra = false)
    {
        using var to = new MemoryStream();
        using (var written = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var read = new ZipArchive(new MemoryStream(zip));
            foreach (var entry in read.Entries)
            {
                using var content = new MemoryStream();
                using (var from = entry.Open())
                    from.CopyTo(content);
                Add(entry.FullName, change(entry.FullName, content.ToArray()));
                if (extra && random.Next(4) == 0)
                    Add(Name(random, entry.FullName), random.Next(3) == 0 ? new byte[1 << 22] : content.ToArray());
            }

            void Add(string name, byte[] bytes)
            {
                using var entry = written.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(bytes);
            }
        }
        return to.ToArray();
    }

    private static string Name(Random random, string name) => random.Next(5) switch
    {
        0 => $"../{name}",
        1 => $"/{name}",
        2 => name,
        3 => $"{name}/OnnxModel",
        _ => "OnnxModel",
    };
}
