using System.IO.Compression;

namespace FileFragments;

/// <summary>Finds the files of a folder, and those inside its ZIP archives, and tells their kinds.</summary>
internal static class SourceFiles
{
    private const int MaximumFiles = 20_000;
    private const int MaximumEntryLength = 256 * 1024;

    /// <remarks>A copy, told by name and length, is found once: it would be on both sides of a split.</remarks>
    public static IReadOnlyList<SourceFile> Find(DirectoryInfo folder)
    {
        var everything = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        var seen = new HashSet<(string, long)>();
        var found = new List<SourceFile>();
        foreach (var file in folder.EnumerateFiles("*", everything).OrderBy(f => f.FullName, StringComparer.Ordinal).Take(MaximumFiles))
        {
            if (file.Length < Fragment.Length || !seen.Add((file.Name, file.Length)) || Classified(file, folder.FullName) is not { } source)
            {
                continue;
            }

            found.Add(source);
            if (source.Kind == FileKind.Archive)
            {
                found.AddRange(Entries(file, source.Path, seen));
            }
        }

        return found;
    }

    private static SourceFile? Classified(FileInfo file, string folder)
    {
        try
        {
            using var stream = file.OpenRead();
            var head = new byte[FileKind.HeadLength];
            var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return FileKind.Of(file.Name, head.AsSpan(0, length)) is { } kind
                ? SourceFile.OnDisk(file, Path.GetRelativePath(folder, file.FullName), kind)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static List<SourceFile> Entries(FileInfo archive, string path, HashSet<(string, long)> seen)
    {
        var entries = new List<SourceFile>();
        try
        {
            using var zip = ZipFile.OpenRead(archive.FullName);
            foreach (var entry in zip.Entries)
            {
                if (entry.Length is < Fragment.Length or > MaximumEntryLength || !seen.Add((entry.Name, entry.Length)))
                {
                    continue;
                }

                var content = new byte[entry.Length];
                using (var stream = entry.Open())
                {
                    stream.ReadExactly(content);
                }

                if (FileKind.Of(entry.Name, content.AsSpan(0, Math.Min(content.Length, FileKind.HeadLength))) is { } kind)
                {
                    entries.Add(SourceFile.InMemory(entry.Name, $"{path}!{entry.FullName}", kind, content));
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Not a ZIP archive, or a damaged one: what was read of it serves.
        }

        return entries;
    }
}
