using System.Buffers;

namespace FileFragments;

/// <summary>A file on disk, or one inside an archive, which is held in memory.</summary>
/// <param name="Name">File name without folder: files of one name are builds or translations of one another.</param>
/// <param name="Path">Path below the folder searched.</param>
/// <param name="Kind">See <see cref="FileKind"/>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Read">Fills a span from an offset.</param>
internal sealed record SourceFile(string Name, string Path, string Kind, long Length, SourceFile.Reader Read)
{
    private static readonly SearchValues<char> VersionCharacters = SearchValues.Create("0123456789_");

    public delegate void Reader(long offset, Span<byte> destination);

    /// <summary>The name up to its first digit or underscore, unless it begins with one.</summary>
    public string NameWithoutVersion => Name.AsSpan().IndexOfAny(VersionCharacters) is > 0 and var end ? Name[..end] : Name;

    public static SourceFile InMemory(string name, string path, string kind, byte[] content) =>
        new(name, path, kind, content.Length, (offset, destination) => content.AsSpan((int)offset, destination.Length).CopyTo(destination));

    public static SourceFile OnDisk(FileInfo file, string path, string kind)
        => new(file.Name, path, kind, file.Length, (offset, destination) =>
        {
            using var handle = File.OpenHandle(file.FullName);
            for (var read = 0; read < destination.Length;)
            {
                var count = RandomAccess.Read(handle, destination[read..], offset + read);
                read += count > 0 ? count : throw new EndOfStreamException($"'{file.FullName}' became shorter while it was read.");
            }
        });
}
