namespace MLNet.Vae.Onnx;

/// <summary>Writes files of one directory so that each is there in full or not at all.</summary>
internal static class FileSet
{
    /// <summary>
    /// Everything is written under temporary names and reaches the disk before the first file is renamed. On a failure the temporary
    /// files are removed and files of an earlier export are as they were, unless renaming itself failed half-way.
    /// </summary>
    /// <exception cref="IOException">Names the path and the reason.</exception>
    public static void Write(string directory, params (string Name, byte[] Content)[] files)
    {
        var written = new List<(string Temporary, string Path)>();
        var at = directory;
        try
        {
            Directory.CreateDirectory(directory);
            foreach (var (name, content) in files)
            {
                at = Path.Combine(directory, name);
                var temporary = Path.Combine(directory, $".{name}.{Guid.NewGuid():N}.tmp");
                written.Add((temporary, at));
                WriteThrough(temporary, content);
            }
            foreach (var (temporary, path) in written)
            {
                at = path;
                File.Move(temporary, path, overwrite: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            foreach (var (temporary, _) in written)
                TryDelete(temporary);
            throw new IOException(
                $"The model could not be written to '{at}': {error.Message} Choose a directory that exists or can be made, is writable and has room.",
                error);
        }
    }

    private static void WriteThrough(string path, byte[] content)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, preallocationSize: content.Length);
        RandomAccess.Write(file, content, fileOffset: 0);
        RandomAccess.FlushToDisk(file);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
